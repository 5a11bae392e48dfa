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
    /// Who follows the host, in order (`e2ee.md` 3.2).
    let successors: [LeafKey]
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
    /// Committers of void Commits, and people whom a host put out: they commit nothing more.
    var blocked: Set<LeafKey> = []
    /// Committers of one void Commit that named a link of which somebody knew nothing.
    var forgiven: Set<LeafKey> = []
    /// Those whom a host put out: they have no rights either.
    var putOut: Set<LeafKey> = []
    /// Those whom the service took for lost.
    var lost = LostLeaves()
    var emptyCommitAt: ContinuousClock.Instant?
    /// The last Commit that renewed keys on its path, as far as can be seen from outside.
    var renewedAt: ContinuousClock.Instant
    /// Since when nobody is bound; nil while somebody is.
    var emptySince: ContinuousClock.Instant?
    /// A host or co-host has been bound: the group is the meeting's.
    var isCertified = false
    /// Filled by one call and handed out at its end.
    var effects: [DeliveryEffect] = []
    /// Connections whose leaf was taken out.
    var removed: [ConnectionID] = []
    /// Connections whose Welcome is used, or worth nothing any more.
    var unwelcome: [ConnectionID] = []
    /// Rises whenever leaves or their connections change.
    private(set) var changes: UInt64 = 0

    init(
        id: GroupID, parent: GroupID?, key: DeliveryKey, successors: [LeafKey], founding: FoundingState,
        now: ContinuousClock.Instant
    ) {
        self.id = id
        self.parent = parent
        self.key = key
        self.successors = successors
        self.roster = Roster(epoch: 0, groupInfo: founding.groupInfo)
        self.roster.snapshot = TreeSnapshot(epoch: 0, seq: 0, tree: founding.tree, groupInfo: founding.groupInfo)
        self.renewedAt = now
        self.emptySince = now
    }

    var epoch: UInt64 { self.roster.epoch }
    /// What it keeps of what clients sent; what two epochs share is counted twice.
    var byteCount: Int {
        let candidate = self.candidate.map { $0.commit.commit.count + $0.commit.groupInfo.count } ?? 0
        return self.recent.reduce(self.log.byteCount + self.roster.byteCount + candidate) { $0 + $1.roster.byteCount }
    }

    /// Nobody is left, or nobody has been here for as long as a leaf may be lost.
    func isOver(now: ContinuousClock.Instant) -> Bool {
        guard let emptySince = self.emptySince else { return false }
        return emptySince + Self.lostAfter <= now || self.roster.seats.values.allSatisfy(\.isLeaving)
    }

    /// Everybody who holds a leaf, the lowest first.
    var members: [GroupMember] {
        let acting = self.actingHost
        return self.roster.seats.map { leaf, seat in
            let binding = self.bindings[leaf]
            let standing = binding?.standing ?? seat.standing
            let rights = (standing?.rights ?? []).union(leaf == acting ? .actingHost : [])
            return GroupMember(
                leaf: leaf, key: seat.key, connection: binding?.connection,
                powers: GroupMember.Powers(
                    mayEject: rights.contains(.eject), mayModerate: rights.contains(.moderate),
                    isCertified: standing?.isCertified ?? false, isHost: standing?.role == .host),
                person: binding?.person ?? standing?.person)
        }.sorted { $0.leaf < $1.leaf }
    }

    mutating func noteChange() { self.changes &+= 1 }

    mutating func takeEffects() -> [DeliveryEffect] {
        let effects = self.effects
        self.effects = []
        return effects
    }

    mutating func takeRemoved() -> [ConnectionID] {
        defer { self.removed = [] }
        return self.removed
    }

    mutating func takeUnwelcome() -> [ConnectionID] {
        defer { self.unwelcome = [] }
        return self.unwelcome
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
