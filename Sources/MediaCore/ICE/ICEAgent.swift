internal import Wire

/// ICE of one endpoint (RFC 8445), sans-IO: a lite agent on the server, a small controlling one in a client. It knows
/// credentials and paths; it does not know what else travels on a path.
///
/// Rules that others rely on: a request that does not authenticate gets no answer and leaves no trace; the selected path
/// is that of the last authenticated nomination which proved it can receive (`media.md` 9.3); incoming checks are the
/// consent (RFC 7675 in spirit).
struct ICEAgent {
    let role: EndpointRole
    private(set) var credentials: ICECredentialPair
    /// Valid until `previousUntil`: packets of before a restart are still under way.
    private var previous: ICECredentialPair?
    private var previousUntil: MediaTime = .never
    private(set) var paths: [ICEPath] = []
    private(set) var selected: PathKey?
    private var answers = FixedQueue<ICESend>(capacity: EndpointLimits.pendingAnswers)
    /// Client: addresses of the server that have no path entry yet are in `paths` from the start.
    private var random: SplitMix64
    private let tieBreaker: UInt64
    /// Set when `selected` changed; the endpoint takes it to tell its owner.
    var selectionChanged = false
    /// Requests refused for any reason, for the statistics.
    private(set) var refused: UInt64 = 0

    init(role: EndpointRole, credentials: ICECredentialPair, candidates: [PathKey], now: MediaTime, seed: UInt64) {
        self.role = role
        self.credentials = credentials
        self.random = SplitMix64(seed: seed)
        self.tieBreaker = self.random.next()
        self.paths.reserveCapacity(EndpointLimits.paths)
        if role == .client { self.check(candidates, now: now) }
    }

    /// The last sign of life on the selected path.
    var lastHeard: MediaTime? { self.selectedIndex.map { self.paths[$0].lastHeard } }

    private var selectedIndex: Int? {
        guard let selected = self.selected else { return nil }
        return self.paths.firstIndex { $0.key == selected }
    }

    func index(of key: PathKey) -> Int? { self.paths.firstIndex { $0.key == key } }

    // MARK: Control plane

    /// New credentials beside the old ones; DTLS, SRTP and the selected path stay (make before break).
    mutating func restart(_ credentials: ICECredentialPair, candidates: [PathKey], now: MediaTime) {
        self.previous = self.credentials
        self.previousUntil = .never
        self.credentials = credentials
        if self.role == .client { self.check(candidates, now: now) }
    }

    private mutating func check(_ candidates: [PathKey], now: MediaTime) {
        for key in candidates.prefix(EndpointLimits.paths) {
            let at: Int
            if let known = self.index(of: key) {
                at = known
            } else if self.paths.count < EndpointLimits.paths {
                self.paths.append(ICEPath(key: key, lastHeard: now))
                at = self.paths.count - 1
            } else {
                continue
            }
            self.paths[at].isNominated = false
            self.paths[at].request = nil
            self.paths[at].nextTry = now
        }
    }

    // MARK: Paths

    /// Counts bytes that came from `key`; false when ICE does not know the path, so that nothing is taken from it.
    mutating func admits(_ key: PathKey, byteCount: Int) -> Bool {
        guard let at = self.index(of: key) else { return false }
        self.paths[at].bytesIn &+= UInt64(byteCount)
        return true
    }

    /// Counts bytes about to go to `key`; false when the path is unknown or not proven enough for them.
    mutating func allows(_ key: PathKey, byteCount: Int) -> Bool {
        guard let at = self.index(of: key), self.paths[at].mayReceive(byteCount) else { return false }
        self.paths[at].bytesOut &+= UInt64(byteCount)
        return true
    }

    /// A whole DTLS handshake over `key` proves it.
    mutating func prove(_ key: PathKey) {
        guard let at = self.index(of: key) else { return }
        self.paths[at].isProven = true
    }

    private mutating func select(_ key: PathKey) {
        guard self.selected != key else { return }
        self.selected = key
        self.selectionChanged = true
    }

    private mutating func learn(_ key: PathKey, now: MediaTime) -> Int {
        if let known = self.index(of: key) { return known }
        if self.paths.count == EndpointLimits.paths {
            var oldest: Int?
            for at in self.paths.indices where self.paths[at].key != self.selected {
                if let known = oldest, self.paths[known].lastHeard <= self.paths[at].lastHeard { continue }
                oldest = at
            }
            if let oldest { self.paths.remove(at: oldest) }
        }
        self.paths.append(ICEPath(key: key, lastHeard: now))
        return self.paths.count - 1
    }

    // MARK: Input

    /// A datagram that looks like STUN.
    mutating func receive(_ datagram: RawSpan, on key: PathKey, now: MediaTime) {
        guard let message = try? STUNMessage(datagram),  // why it is no STUN message makes no difference to anybody
            message.method == STUNMessage.binding, message.hasValidFingerprint(datagram)
        else { return self.refused &+= 1 }
        switch message.messageClass {
        case .request: self.receiveRequest(message, datagram, on: key, now: now)
        case .success: self.receiveSuccess(message, datagram, on: key, now: now)
        // An error to a check of ours is no proof of anything; the next try, or the timeout, decides. Indications keep
        // mappings alive and need no answer.
        case .error, .indication: break
        }
    }

    private mutating func receiveRequest(
        _ message: STUNMessage, _ datagram: RawSpan, on key: PathKey, now: MediaTime
    ) {
        let isNew = self.credentials.isUsername(message.username, in: datagram)
        var password = self.credentials.localPassword
        if !isNew {
            guard let previous = self.previous, now < self.previousUntil,
                previous.isUsername(message.username, in: datagram)
            else { return self.refused &+= 1 }
            password = previous.localPassword
        }
        guard message.isAuthentic(datagram, key: password.rawSpan) else { return self.refused &+= 1 }
        if isNew, self.previous != nil, self.previousUntil == .never {
            self.previousUntil = now + EndpointLimits.restartOverlap
        }
        let transaction = message.transaction
        guard message.unknownCount == 0 else {
            return self.answer(.unknownAttributes(key, message, usesPrevious: !isNew))
        }
        if self.role == .server, message.controlled != nil {
            return self.answer(.roleConflict(key, transaction, usesPrevious: !isNew))
        }
        let at = self.learn(key, now: now)
        self.paths[at].lastHeard = now
        self.paths[at].bytesIn &+= UInt64(datagram.byteCount)
        self.answer(.success(key, transaction, usesPrevious: !isNew))
        if self.role == .server, message.useCandidate { self.nominate(at, now: now) }
    }

    /// The first path is taken at once (DTLS over it will prove it); a later one must answer a challenge first, and the
    /// old one stays selected until then.
    private mutating func nominate(_ at: Int, now: MediaTime) {
        for other in self.paths.indices { self.paths[other].isNominated = other == at }
        if self.selectedIndex == nil || self.paths[at].isProven { return self.select(self.paths[at].key) }
        guard self.paths[at].key != self.selected, self.paths[at].request == nil else { return }
        self.paths[at].request = self.makeTransaction()
        self.paths[at].triesLeft = EndpointLimits.challengeTries
        self.paths[at].nextTry = now
    }

    private mutating func receiveSuccess(
        _ message: STUNMessage, _ datagram: RawSpan, on key: PathKey, now: MediaTime
    ) {
        guard let at = self.index(of: key), let request = self.paths[at].request, request == message.transaction,
            message.isAuthentic(datagram, key: self.credentials.remotePassword.rawSpan)
        else { return self.refused &+= 1 }
        self.paths[at].request = nil
        self.paths[at].isProven = true
        self.paths[at].lastHeard = now
        switch self.role {
        case .server:
            self.paths[at].nextTry = .never
            if self.paths[at].isNominated { self.select(key) }
        case .client:
            if self.paths[at].isNominated {
                self.select(key)
                self.paths[at].nextTry = now + EndpointLimits.consentInterval
            } else if !self.paths.contains(where: { $0.isNominated }) {
                self.paths[at].isNominated = true  // regular nomination: the first pair that works
                self.paths[at].nextTry = now
            } else {
                self.paths[at].nextTry = .never
            }
        }
    }

    private mutating func answer(_ send: ICESend) {
        if !self.answers.append(send) { self.refused &+= 1 }
    }

    private mutating func makeTransaction() -> STUNTransactionID {
        STUNTransactionID(high: UInt32(truncatingIfNeeded: self.random.next()), low: self.random.next())
    }

    // MARK: Output

    /// What to send next, if anything is due.
    mutating func next(now: MediaTime) -> ICESend? {
        if let answer = self.answers.popFirst() { return answer }
        for at in self.paths.indices where self.paths[at].nextTry <= now {
            if let request = self.tryAgain(at, now: now) { return request }
        }
        return nil
    }

    private mutating func tryAgain(_ at: Int, now: MediaTime) -> ICESend? {
        switch self.role {
        case .server:
            guard let request = self.paths[at].request, self.paths[at].triesLeft > 0 else {
                // Nobody answered there: the nomination is forgotten, a new check may start another challenge.
                self.paths[at].request = nil
                self.paths[at].nextTry = .never
                return nil
            }
            self.paths[at].triesLeft -= 1
            self.paths[at].nextTry = now + EndpointLimits.challengeInterval
            return .challenge(self.paths[at].key, request)
        case .client:
            let request = self.makeTransaction()
            self.paths[at].request = request
            let isSettled = self.paths[at].key == self.selected && now - self.paths[at].lastHeard < .seconds(4)
            self.paths[at].nextTry = now + (isSettled ? EndpointLimits.consentInterval : EndpointLimits.checkInterval)
            return .check(self.paths[at].key, request, nominates: self.paths[at].isNominated)
        }
    }

    /// When `next` has something again.
    var deadline: MediaTime {
        var earliest = MediaTime.never
        for path in self.paths where path.nextTry < earliest { earliest = path.nextTry }
        return self.answers.isEmpty ? earliest : .zero
    }

    /// Writes `send` into `out`; answers its path and length, 0 when it did not fit.
    @_lifetime(out: copy out)
    func write(_ send: ICESend, into out: inout MutableRawSpan) -> (path: PathKey, byteCount: Int) {
        switch send {
        case .success(let key, let transaction, let usesPrevious):
            let count = STUNWriter.success(
                mapped: STUNAddress(key), transaction: transaction, key: self.password(usesPrevious).rawSpan, into: &out
            )
            return (key, count)
        case .roleConflict(let key, let transaction, let usesPrevious):
            let count = STUNWriter.roleConflict(
                transaction: transaction, key: self.password(usesPrevious).rawSpan, into: &out)
            return (key, count)
        case .unknownAttributes(let key, let request, let usesPrevious):
            let count = STUNWriter.unknownAttributes(
                of: request, key: self.password(usesPrevious).rawSpan, into: &out)
            return (key, count)
        case .challenge(let key, let transaction):
            let role = STUNWriter.Role.controlled(tieBreaker: self.tieBreaker)
            return (key, self.writeRequest(transaction, role, nominates: false, into: &out))
        case .check(let key, let transaction, let nominates):
            let role = STUNWriter.Role.controlling(tieBreaker: self.tieBreaker)
            return (key, self.writeRequest(transaction, role, nominates: nominates, into: &out))
        }
    }

    private func password(_ usesPrevious: Bool) -> [UInt8] {
        usesPrevious ? (self.previous ?? self.credentials).localPassword : self.credentials.localPassword
    }

    @_lifetime(out: copy out)
    private func writeRequest(
        _ transaction: STUNTransactionID, _ role: STUNWriter.Role, nominates: Bool, into out: inout MutableRawSpan
    ) -> Int {
        // RFC 8445 §5.1.2.1: type preference 110 of a peer-reflexive candidate, highest local preference, component 1.
        let request = STUNWriter.Request(
            username: self.credentials.username, priority: 110 << 24 | 0xFFFF << 8 | 255, role: role,
            useCandidate: nominates)
        return STUNWriter.request(
            request, transaction: transaction, key: self.credentials.remotePassword.rawSpan, into: &out)
    }
}

/// A STUN message to send.
enum ICESend {
    case success(PathKey, STUNTransactionID, usesPrevious: Bool)
    case roleConflict(PathKey, STUNTransactionID, usesPrevious: Bool)
    case unknownAttributes(PathKey, STUNMessage, usesPrevious: Bool)
    case challenge(PathKey, STUNTransactionID)
    case check(PathKey, STUNTransactionID, nominates: Bool)
}

/// Both sides' credentials as bytes.
struct ICECredentialPair {
    var localFragment: [UInt8]
    var localPassword: [UInt8]
    var remoteFragment: [UInt8]
    var remotePassword: [UInt8]

    init(local: ICECredentials, remote: ICECredentials) {
        self.localFragment = Array(local.userFragment.utf8)
        self.localPassword = Array(local.password.utf8)
        self.remoteFragment = Array(remote.userFragment.utf8)
        self.remotePassword = Array(remote.password.utf8)
    }

    /// What our requests carry: the receiver's fragment first (RFC 8445 §7.2.2).
    var username: [UInt8] { self.remoteFragment + [UInt8(ascii: ":")] + self.localFragment }

    /// Whether a request to us names both fragments, ours first.
    func isUsername(_ range: Range<Int>?, in bytes: RawSpan) -> Bool {
        guard let range, range.count == self.localFragment.count + 1 + self.remoteFragment.count else { return false }
        var at = range.lowerBound
        for byte in self.localFragment {
            guard bytes.u8(at) == byte else { return false }
            at += 1
        }
        guard bytes.u8(at) == UInt8(ascii: ":") else { return false }
        at += 1
        for byte in self.remoteFragment {
            guard bytes.u8(at) == byte else { return false }
            at += 1
        }
        return true
    }

    /// RFC 8839 §5.4: 4 to 256 and 22 to 256 ice-chars.
    var isWellFormed: Bool {
        func fits(_ bytes: [UInt8], _ range: ClosedRange<Int>) -> Bool {
            range.contains(bytes.count)
                && bytes.allSatisfy {
                    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) || $0 == UInt8(ascii: "+")
                        || $0 == UInt8(ascii: "/")
                }
        }
        return fits(self.localFragment, 4...256) && fits(self.remoteFragment, 4...256)
            && fits(self.localPassword, 22...256) && fits(self.remotePassword, 22...256)
    }
}
