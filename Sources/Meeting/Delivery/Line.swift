/// What the service remembers of one connection.
struct Line: Sendable {
    /// A joining storm of Acks and messages fits; twenty messages a second is what one leaf may send anyway.
    private static let framesBurst = 200
    private static let framesPerSecond = 60.0
    /// A client that is wrong this often is no client.
    private static let strikesBeforeEnd = 20
    static let packagesAtMost = 8

    var gate: DeliveryGate
    /// Whatever the gate says, it may only show who it is, until the passcode was said or that is seen.
    var owesPasscode: Bool
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
    /// It was let in and has not shown its leaf yet.
    var admission: Admission?
    /// It showed the key of somebody who was taken for lost. It may come back by itself for as long as the group knows the key
    /// as lost (`Delivery.mayJoin`).
    var returning: LeafKey?
    /// Where it answers the door: the last knock it was told of.
    var knocksTold: UInt64 = 0
    /// So many knocks at once, and a second, are told to whoever answers the door: whatever is at the door, their line has
    /// room for what the meeting says.
    var knockPace: TokenBucket
    private var strikes = 0

    /// A bridge from the door to the first `Bind`, and no longer.
    struct Admission: Sendable {
        /// It may fetch the tree that the Welcome speaks of.
        let group: GroupID
        /// For whoever knocks once more because it got lost.
        let welcome: DeliveryEvent.Welcome
        /// What it knocked with, if it did.
        let request: RequestHash?
    }

    init(gate: DeliveryGate, owesPasscode: Bool = false, challenge: [UInt8], now: ContinuousClock.Instant) {
        self.gate = gate
        self.owesPasscode = owesPasscode
        self.challenge = challenge
        self.frames = TokenBucket(burst: Self.framesBurst, perSecond: Self.framesPerSecond, now: now)
        self.knocks = TokenBucket(burst: 6, perSecond: 6.0 / 3_600, now: now)
        self.binds = TokenBucket(burst: 10, perSecond: 1, now: now)
        self.gets = TokenBucket(burst: 24, perSecond: 2, now: now)
        self.joins = TokenBucket(burst: 16, perSecond: 0.5, now: now)
        self.knockPace = TokenBucket(burst: 32, perSecond: 16, now: now)
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
