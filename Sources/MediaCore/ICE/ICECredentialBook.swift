internal import Wire

/// The credentials of an endpoint: the newest, and beside them the ones a restart is to replace (RFC 8445 §9,
/// `media.md` 2.4). It answers which of them a check names; it proves nothing.
struct ICECredentialBook {
    /// Which credentials are meant.
    enum Age {
        case current, previous
    }

    private(set) var current: ICECredentialPair
    private var previous: ICECredentialPair?
    private var previousUntil: MediaTime = .zero
    /// A check came with the newest: their owner knows them.
    private var isUsed = false

    init(_ credentials: ICECredentialPair) { self.current = credentials }

    /// Makes `credentials` the newest. What nobody used yet gives way at once: the ones in use stay valid beside the
    /// newest, however often a client starts over before its first check.
    mutating func replace(with credentials: ICECredentialPair, now: MediaTime) {
        if self.isUsed || !self.holdsPrevious(now) { self.previous = self.current }
        self.previousUntil = now + EndpointLimits.restartWindow
        self.current = credentials
        self.isUsed = false
    }

    /// The credentials that a request to us names.
    func find(_ username: Range<Int>?, in datagram: RawSpan, now: MediaTime) -> Age? {
        if self.current.isUsername(username, in: datagram) { return .current }
        guard self.holdsPrevious(now), let previous = self.previous, previous.isUsername(username, in: datagram) else {
            return nil
        }
        return .previous
    }

    /// A check with these credentials was authentic.
    mutating func note(_ age: Age, now: MediaTime) {
        guard age == .current, !self.isUsed else { return }
        self.isUsed = true
        self.previousUntil = min(self.previousUntil, now + EndpointLimits.restartOverlap)
    }

    /// The pair of that age; where the older one is gone already, the newer one.
    subscript(age: Age) -> ICECredentialPair {
        switch age {
        case .current: self.current
        case .previous: self.previous ?? self.current
        }
    }

    /// What the peer knows for certain.
    func known(now: MediaTime) -> Age { self.isUsed || !self.holdsPrevious(now) ? .current : .previous }

    /// Whether the peer signed the response in `datagram`.
    func isAuthentic(_ response: STUNMessage, _ datagram: RawSpan, now: MediaTime) -> Bool {
        if response.isAuthentic(datagram, key: self.current.remotePassword.rawSpan) { return true }
        guard self.holdsPrevious(now), let previous = self.previous else { return false }
        return response.isAuthentic(datagram, key: previous.remotePassword.rawSpan)
    }

    private func holdsPrevious(_ now: MediaTime) -> Bool { self.previous != nil && now < self.previousUntil }
}
