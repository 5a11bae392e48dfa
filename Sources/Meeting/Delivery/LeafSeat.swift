/// One occupied leaf of a group, as its committers announced it.
struct LeafSeat: Sendable {
    /// Twenty a second (`e2ee.md` 5, rule 5). It belongs to the leaf, so that a new connection gains nothing.
    private static let messagesPerSecond = 20

    let key: LeafKey
    /// The number of the message that added it: what was said before is not for it.
    let since: UInt64
    var messages: TokenBucket
    var emptyCommitAt: ContinuousClock.Instant?
    /// Since when it has no connection; nil while it has one.
    var lostSince: ContinuousClock.Instant?
    /// It said in this epoch that it goes.
    var isLeaving = false
    /// The service has proposed its removal in this epoch.
    var isRemovalProposed = false
    /// Proposals it made in this epoch.
    var proposals = 0
    /// What its holder has shown to be; it stays while there is no connection.
    var standing: Standing?
    /// Whoever got the Welcome to it, until it is bound.
    var welcomed: ConnectionID?

    /// Its removal waits for a Commit.
    var isGoing: Bool { self.isLeaving || self.isRemovalProposed }

    init(key: LeafKey, since: UInt64, now: ContinuousClock.Instant) {
        self.key = key
        self.since = since
        self.messages = TokenBucket(
            burst: Self.messagesPerSecond, perSecond: Double(Self.messagesPerSecond), now: now)
        // A leaf that never comes is lost like one that goes.
        self.lostSince = now
    }

    /// Proposals die with their epoch (`e2ee.md` 15, trap 9).
    mutating func startEpoch() {
        self.isLeaving = false
        self.isRemovalProposed = false
        self.proposals = 0
    }
}
