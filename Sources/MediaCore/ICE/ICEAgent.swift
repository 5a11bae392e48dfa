internal import MediaCrypto
internal import Wire

/// ICE of one endpoint (RFC 8445), sans-IO: a lite agent on the server, a small controlling one in a client. It knows
/// credentials and paths; it does not know what else travels on a path.
///
/// Rules that others rely on: a request that does not authenticate gets no answer and leaves no trace; the selected path
/// is that of the last authenticated nomination which proved it can receive (`media.md` 9.3), or the first one while
/// nothing is proven, and then `mediaPath` is nothing; incoming checks are the consent (RFC 7675 in spirit).
struct ICEAgent {
    let role: EndpointRole
    var book: ICECredentialBook
    var paths: [ICEPath] = []
    private(set) var selected: PathKey?
    var answers = FixedQueue<ICESend>(capacity: EndpointLimits.pendingAnswers)
    private var checks = CheckMemory()
    private var random: KeyedGenerator
    let tieBreaker: UInt64
    private var nextRoute: UInt32 = 1
    /// DTLS is done: what it has not proven must be challenged.
    private var isHandshakeOver = false
    /// Set when `selected` changed; the endpoint takes it to tell its owner.
    var selectionChanged = false
    /// Requests refused for any reason, for the statistics.
    private(set) var refused: UInt64 = 0

    /// `random` makes transaction ids. A path challenge hangs on nobody guessing them: its answer is signed with the
    /// participant's own password, so he could answer for a stranger's address without receiving there.
    init(
        role: EndpointRole, credentials: ICECredentialPair, candidates: [PathKey], now: MediaTime,
        random: KeyedGenerator
    ) {
        self.role = role
        self.book = ICECredentialBook(credentials)
        self.random = random
        self.tieBreaker = self.random.next()
        self.paths.reserveCapacity(EndpointLimits.paths)
        if role == .client { self.check(candidates, now: now) }
    }

    /// The last sign of life on the selected path.
    var lastHeard: MediaTime? { self.selectedIndex.map { self.paths[$0].lastHeard } }

    /// The last sign of life on any path.
    var lastCheck: MediaTime? { self.paths.map(\.lastHeard).max() }

    /// Where media and reports may go: the selected path, once somebody proved to receive there. Kept, because it is asked
    /// for with every packet.
    private(set) var mediaPath: PathKey?

    var selectedRoute: UInt32? { self.selectedIndex.map { self.paths[$0].route } }

    private var selectedIndex: Int? { self.selected.flatMap { self.index(of: $0) } }

    func index(of key: PathKey) -> Int? { self.paths.firstIndex { $0.key == key } }

    /// The path that `route` names, while it is known.
    func key(of route: UInt32) -> PathKey? { self.paths.first { $0.route == route }?.key }

    // MARK: Control plane

    /// New credentials beside the old ones; DTLS, SRTP and the selected path stay (make before break).
    mutating func restart(_ credentials: ICECredentialPair, candidates: [PathKey], now: MediaTime) {
        self.book.replace(with: credentials, now: now)
        if self.role == .client { self.check(candidates, now: now) }
    }

    private mutating func check(_ candidates: [PathKey], now: MediaTime) {
        for key in candidates.prefix(EndpointLimits.paths) {
            let at: Int
            if let known = self.index(of: key) {
                at = known
            } else if self.paths.count < EndpointLimits.paths {
                at = self.add(key, now: now)
            } else {
                continue
            }
            self.paths[at].isNominated = false
            self.paths[at].request = nil
            self.paths[at].nextTry = now
        }
    }

    // MARK: Paths

    /// Counts bytes that came from `key` and answers its route; nil when ICE does not know the path, so that nothing is
    /// taken from it.
    mutating func admit(_ key: PathKey, byteCount: Int) -> UInt32? {
        guard let at = self.index(of: key) else { return nil }
        self.paths[at].bytesIn &+= UInt64(byteCount)
        return self.paths[at].route
    }

    /// Counts bytes about to go to `key`; false when the path is unknown or not proven enough for them.
    mutating func allows(_ key: PathKey, byteCount: Int) -> Bool {
        guard let at = self.index(of: key), self.paths[at].mayReceive(byteCount) else { return false }
        self.paths[at].bytesOut &+= UInt64(byteCount)
        return true
    }

    /// DTLS is done. Where all of it went over one route, that path is proven, and nothing waits. A selected path that
    /// had no part in it is somebody's word: it has to answer a challenge before media goes there.
    mutating func handshakeEnded(provenRoute: UInt32?, now: MediaTime) {
        self.isHandshakeOver = true
        if let provenRoute, let at = self.paths.firstIndex(where: { $0.route == provenRoute }) {
            if self.role == .server { self.endChallenge(at) }
            self.prove(at)
            if self.paths[at].isNominated { self.select(self.paths[at].key) }
        }
        if self.role == .server, let at = self.selectedIndex, !self.paths[at].isProven { self.challenge(at, now: now) }
    }

    private mutating func prove(_ at: Int) {
        self.paths[at].isProven = true
        if self.paths[at].key == self.selected { self.mediaPath = self.selected }
    }

    private mutating func select(_ key: PathKey) {
        guard self.selected != key else { return }
        self.selected = key
        self.selectionChanged = true
        // Nothing unproven takes the place of what is proven, but the first path of all has nothing to wait for.
        self.mediaPath = self.index(of: key).flatMap { self.paths[$0].isProven ? key : nil }
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
        return self.add(key, now: now)
    }

    private mutating func add(_ key: PathKey, now: MediaTime) -> Int {
        self.paths.append(ICEPath(key: key, route: self.nextRoute, lastHeard: now))
        self.nextRoute &+= 1
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
        guard let age = self.book.find(message.username, in: datagram, now: now),
            message.isAuthentic(datagram, key: self.book[age].localPassword.rawSpan),
            self.isTimely(message.transaction, on: key, now: now)
        else { return self.refused &+= 1 }
        self.book.note(age, now: now)
        let transaction = message.transaction
        guard message.unknownCount == 0 else { return self.answer(.unknownAttributes(key, message, age)) }
        if self.role == .server, message.controlled != nil { return self.answer(.roleConflict(key, transaction, age)) }
        let at = self.learn(key, now: now)
        self.paths[at].lastHeard = now
        self.paths[at].bytesIn &+= UInt64(datagram.byteCount)
        self.answer(.success(key, transaction, age))
        guard self.role == .server else { return }
        if message.useCandidate {
            self.nominate(at, now: now)
        } else if self.isHandshakeOver, key == self.selected, !self.paths[at].isProven {
            self.challenge(at, now: now)  // the answer to the last one was lost, perhaps
        }
    }

    /// Whether an authentic check may be one that was just sent. From a proven path it may have been seen elsewhere: who
    /// recorded it and was faster from another address must not take the honest path its sign of life.
    private mutating func isTimely(_ transaction: STUNTransactionID, on key: PathKey, now: MediaTime) -> Bool {
        switch self.checks.judge(transaction, on: key, now: now) {
        case .fresh, .repeated: true
        case .elsewhere: self.index(of: key).map { self.paths[$0].isProven } == true
        case .stale: false
        }
    }

    /// The first path is taken at once, for DTLS over it will prove it; a later one must answer a challenge first, and
    /// the old one stays selected until then.
    private mutating func nominate(_ at: Int, now: MediaTime) {
        for other in self.paths.indices { self.paths[other].isNominated = other == at }
        if self.paths[at].isProven { return self.select(self.paths[at].key) }
        if self.selectedIndex == nil { self.select(self.paths[at].key) }
        if self.isHandshakeOver || self.paths[at].key != self.selected { self.challenge(at, now: now) }
    }

    private mutating func challenge(_ at: Int, now: MediaTime) {
        guard self.paths[at].request == nil else { return }
        self.paths[at].request = self.makeTransaction()
        self.paths[at].triesLeft = EndpointLimits.challengeTries
        self.paths[at].nextTry = now
    }

    private mutating func endChallenge(_ at: Int) {
        self.paths[at].request = nil
        self.paths[at].nextTry = .never
    }

    private mutating func receiveSuccess(
        _ message: STUNMessage, _ datagram: RawSpan, on key: PathKey, now: MediaTime
    ) {
        guard let at = self.index(of: key), let request = self.paths[at].request, request == message.transaction,
            self.book.isAuthentic(message, datagram, now: now)
        else { return self.refused &+= 1 }
        self.paths[at].request = nil
        self.paths[at].lastHeard = now
        self.prove(at)
        switch self.role {
        case .server:
            self.endChallenge(at)
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

    mutating func makeTransaction() -> STUNTransactionID {
        STUNTransactionID(high: UInt32(truncatingIfNeeded: self.random.next()), low: self.random.next())
    }
}
