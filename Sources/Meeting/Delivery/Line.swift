/// What the service remembers of one connection.
struct Line: Sendable {
    /// A joining storm of Acks and messages fits; twenty messages a second is what one leaf may send anyway.
    private static let framesBurst = 200
    private static let framesPerSecond = 60.0
    /// A client that is wrong this often is no client.
    private static let strikesBeforeEnd = 20
    static let packagesAtMost = 8

    let gate: DeliveryGate
    /// What `Bind` of this connection signs.
    let challenge: [UInt8]
    /// What it has shown to be, with a leaf or without one.
    var standing: Standing?
    /// KeyPackages it uploaded, until somebody takes them.
    var keyPackages: [UInt8] = []
    /// A KeyPackage of its names it in a Welcome.
    var references: Set<KeyPackageReference> = []
    var frames: TokenBucket
    /// Six an hour (`e2ee.md` 5, rule 5).
    var knocks: TokenBucket
    /// A Bind costs up to six signatures.
    var binds: TokenBucket
    /// A Get costs up to two megabytes.
    var gets: TokenBucket
    /// Everything that costs others a judgement: candidates, proposals of joiners, groups.
    var joins: TokenBucket
    /// A Welcome into this group was released to it: it may fetch the tree that the Welcome speaks of.
    var welcomedTo: GroupID?
    /// That Welcome, for whoever knocks once more because it got lost.
    var welcome: DeliveryEvent.Welcome?
    private var strikes = 0

    init(gate: DeliveryGate, challenge: [UInt8], now: ContinuousClock.Instant) {
        self.gate = gate
        self.challenge = challenge
        self.frames = TokenBucket(burst: Self.framesBurst, perSecond: Self.framesPerSecond, now: now)
        self.knocks = TokenBucket(burst: 6, perSecond: 6.0 / 3_600, now: now)
        self.binds = TokenBucket(burst: 10, perSecond: 1, now: now)
        self.gets = TokenBucket(burst: 24, perSecond: 2, now: now)
        self.joins = TokenBucket(burst: 16, perSecond: 0.5, now: now)
    }

    /// Counts a mistake; true when there were too many.
    mutating func strike() -> Bool {
        self.strikes += 1
        return self.strikes >= Self.strikesBeforeEnd
    }

    /// Whether it may come in by itself: let by the gate, or named in a certificate.
    var mayJoin: Bool {
        guard self.gate != .stranger else { return false }
        return self.gate == .joins || self.standing.map { $0.isCertified || $0.rights.contains(.enter) } ?? false
    }
}
