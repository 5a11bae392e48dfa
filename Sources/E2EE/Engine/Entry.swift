/// What a client keeps while it is on its way in.
struct Entry: Sendable {
    /// A knock that waits for an answer.
    struct Knock: Sendable {
        let own: OwnKeyPackage
        let request: LobbyRequest
        let nonce: [UInt8]
        var isAnswered = false
        /// When the same knock is sent again: it, or what came back, may have got lost.
        var againAt: UInt64
        var pause: UInt64 = 10_000

        /// The next time, ever later: six knocks an hour is all a connection has.
        mutating func wait(now: UInt64) {
            self.pause *= 3
            self.againAt = now + self.pause
        }
    }

    /// A Welcome that waits for the tree.
    struct WaitingWelcome: Sendable {
        let message: Welcome
        /// Of the Commit that let us in.
        let sequence: UInt64
        /// The key package it is for.
        let own: OwnKeyPackage
        /// The one that opened it.
        let invite: InviteKeys
    }

    /// A tree that the service keeps, and what it belongs to.
    struct Snapshot: Sendable {
        let tree: RatchetTree
        let context: GroupContext
        /// Of the last message it knows of: the log goes on behind it.
        let sequence: UInt64
    }

    var knock: Knock?
    var welcome: WaitingWelcome?
    /// Of the group to join by an own Commit.
    var groupInfo: GroupInfo?
    /// The snapshot, then what the log makes of it.
    var snapshot: Snapshot?
    var log: [MLSMessage] = []
    var logByteCount = 0
    /// The next part of the log begins here.
    var logNext: UInt64 = 1
    /// The key package that we proposed for ourselves, and how long we wait for somebody to add it.
    var proposed: (own: OwnKeyPackage, until: UInt64)?
    /// Races for a Commit of our own that others won.
    var racesLost = 0
    /// How we mean to come in by our own Commit.
    var way: JoinKind?
    /// Tries so far.
    var tries = 0
    /// Waits so far; each is longer than the one before.
    var pauses = 0
    /// Invalid Welcomes so far.
    var badWelcomes = 0
    /// When to try again.
    var retryAt: UInt64?
    /// Commits with a pass about which nobody said anything.
    var unjudged = 0
    /// The old leaf of ours that a resync removes.
    var oldKey: [UInt8]?
    /// The place that we had and lost, while we may come back into the group by ourselves.
    var former: Former?
    /// Our link is not the one in force, so that only the door is left.
    var isLinkOld = false

    /// A place in a group that is not ours any more.
    struct Former: Sendable {
        let groupID: [UInt8]
        let leaf: UInt32
    }

    /// Entries of a log longer than this are nobody's honest snapshot.
    static var logMax: Int { 8_192 }
    static var logByteCountMax: Int { 32 << 20 }
    static var triesMax: Int { 10 }
    /// After so many lost races we propose ourselves (`e2ee.md` 4.4).
    static var racesMax: Int { 2 }
    /// Milliseconds in which somebody adds us.
    static var proposedFor: UInt64 { 6_000 }
    static var badWelcomesMax: Int { 3 }
    /// Then nobody is there who saw how we went, and somebody has to be asked.
    static var unjudgedMax: Int { 2 }

    /// Our key package that a Welcome may be for.
    func own<Crypto: CryptoProvider>(_ reference: [UInt8], _ crypto: Crypto) -> OwnKeyPackage? {
        if let own = self.proposed?.own, own.reference(crypto) == reference { return own }
        if let own = self.knock?.own, own.reference(crypto) == reference { return own }
        return nil
    }

    /// What belongs to one try.
    mutating func clearTry() {
        self.groupInfo = nil
        self.welcome = nil
        self.snapshot = nil
        self.log = []
        self.logByteCount = 0
        self.logNext = 1
    }
}
