/// One group: the one order of its messages, who holds which leaf, and what is waited for (`e2ee.md` 5). It reads heads
/// and decides nothing that members decide; it has no clock, no socket and no content key.
struct GroupOrder: Sendable {
    /// A leaf without a connection for so long is proposed for removal (`e2ee.md` 4.3).
    static let lostAfter = Duration.seconds(30)
    /// A tree of 500 members with all its blanks.
    static let leavesAtMost: UInt32 = 2_048
    static let seatsAtMost = 512

    let id: GroupID
    /// The group beside which this one is; nil for the meeting's own.
    let parent: GroupID?
    let key: DeliveryKey
    var roster: Roster
    /// The number of the last message. Numbers begin at 1.
    var seq: UInt64 = 0
    var log = GroupLog()
    var bindings: [LeafIndex: GroupBinding] = [:]
    var leaves: [ConnectionID: LeafIndex] = [:]
    /// Everybody with a binding, in an order that does not depend on chance.
    var audience: [ConnectionID] = []
    var candidate: PendingCandidate?
    /// Candidates are counted apart from messages: their numbers have the top bit set.
    var candidates: UInt64 = 1 << 63
    var reservation: Reservation?
    var duties: [DeliveryEvent.Duty.Task: PendingDuty] = [:]
    /// Commits that can still be taken back, the oldest first. A broken one may have another one on top of it.
    var recent: [RecentCommit] = []
    /// Committers of void Commits: they commit nothing more.
    var blocked: Set<LeafKey> = []
    var emptyCommitAt: ContinuousClock.Instant?
    /// The last Commit that renewed keys on its path, as far as can be seen from outside.
    var renewedAt: ContinuousClock.Instant
    /// Since when nobody is bound; nil while somebody is.
    var emptySince: ContinuousClock.Instant?
    /// A host or co-host has been bound: the group is the meeting's.
    var isCertified = false
    /// How it came here after a restart: members of that state may still come.
    var restored: FoundingState.Key?
    /// Leaves removed since then: whoever held one does not come back that way.
    var wentSinceRestart: Set<LeafIndex> = []
    /// Filled by one call and handed out at its end.
    var effects: [DeliveryEffect] = []
    /// Rises whenever leaves or their connections change.
    private(set) var changes: UInt64 = 0

    init(
        id: GroupID, parent: GroupID?, key: DeliveryKey, epoch: UInt64, founding: FoundingState,
        now: ContinuousClock.Instant
    ) {
        self.id = id
        self.parent = parent
        self.key = key
        self.roster = Roster(epoch: epoch, groupInfo: founding.groupInfo)
        self.roster.snapshot = TreeSnapshot(epoch: epoch, seq: 0, tree: founding.tree, groupInfo: founding.groupInfo)
        self.renewedAt = now
        self.emptySince = now
    }

    var epoch: UInt64 { self.roster.epoch }
    var treeBytes: Int { self.roster.snapshot.map { $0.tree.count + $0.groupInfo.count } ?? 0 }

    /// Nobody is left, or nobody has been here for as long as a leaf may be lost.
    func isOver(now: ContinuousClock.Instant) -> Bool {
        guard let emptySince = self.emptySince else { return false }
        return emptySince + Self.lostAfter <= now || self.roster.seats.values.allSatisfy(\.isLeaving)
    }

    /// Everybody who holds a leaf, the lowest first.
    var members: [GroupMember] {
        self.roster.seats.map { leaf, seat in
            GroupMember(leaf: leaf, key: seat.key, connection: self.bindings[leaf]?.connection)
        }.sorted { $0.leaf < $1.leaf }
    }

    mutating func noteChange() { self.changes &+= 1 }

    mutating func takeEffects() -> [DeliveryEffect] {
        let effects = self.effects
        self.effects = []
        return effects
    }

    mutating func tell(_ connections: [ConnectionID], _ event: DeliveryEvent) {
        guard !connections.isEmpty else { return }
        self.effects.append(.send(connections, event.frame(request: 0)))
    }

    mutating func tellAll(_ event: DeliveryEvent) { self.tell(self.audience, event) }

    /// Gives a message the next number and tells everybody.
    mutating func number(_ message: [UInt8]) {
        self.seq += 1
        self.tellAll(.ordered(DeliveryEvent.Ordered(group: self.id, seq: self.seq, message: message)))
    }
}
