/// A Commit that can still be taken back, and what was before it (`e2ee.md` 5, rule 6).
struct RecentCommit: Sendable {
    /// How long members have to report it.
    static let time = Duration.seconds(5)
    /// More Commits than that in five seconds are no meeting.
    static let atMost = 64

    let seq: UInt64
    let at: ContinuousClock.Instant
    let committer: LeafKey
    /// Nil for a joiner's own Commit.
    let leaf: LeafIndex?
    private(set) var roster: Roster
    private(set) var bindings: [LeafIndex: GroupBinding]
    let audience: [ConnectionID]
    /// Who may say something about it: everybody bound before it, its committer aside.
    let electors: Set<LeafIndex>
    var applied: Set<LeafIndex> = []
    var faults: [UInt16: Set<LeafIndex>] = [:]
    /// Those who said no to it. A fault names an epoch only, and another Commit may stand in that epoch since.
    var refused: Set<LeafIndex> = []
    /// Those for whom nothing on its path opens.
    var undecrypted: Set<LeafIndex> = []
    /// Connections that ended since.
    var gone: Set<ConnectionID> = []
    /// The joiner that committed itself.
    var joiner: ConnectionID?
    /// Whoever got a Welcome of it.
    var welcomed: [ConnectionID] = []

    init(seq: UInt64, at: ContinuousClock.Instant, committer: LeafKey, leaf: LeafIndex?, before group: GroupOrder) {
        self.seq = seq
        self.at = at
        self.committer = committer
        self.leaf = leaf
        self.roster = group.roster
        self.bindings = group.bindings
        self.audience = group.audience
        var electors = Set(group.bindings.keys)
        if let leaf { electors.remove(leaf) }
        self.electors = electors
    }

    mutating func forgetStandings(where isOver: (Standing) -> Bool) {
        self.roster.forgetStandings(where: isOver)
        for (leaf, binding) in self.bindings where binding.standing.map(isOver) ?? false {
            self.bindings[leaf]?.forgetStanding()
        }
    }

    /// Whether next to nobody can be in its epoch: a path that is broken for most (decision 0007). Somebody may lie about a
    /// path, so it takes a host's word and that of more than half of all who spoke; where no host is there, and the committer
    /// is none, everybody's word, of two at least.
    func isForsaken(isOver: Bool, present: Set<LeafIndex>, hosts: Set<LeafIndex>, isOfHost: Bool) -> Bool {
        let against = self.faults.values.reduce(into: self.undecrypted) { $0.formUnion($1) }
        let there = self.electors.intersection(present)
        if hosts.isEmpty {
            return !isOfHost && self.undecrypted.count > 1 && self.applied.isEmpty && there.isSubset(of: against)
        }
        guard !self.undecrypted.isDisjoint(with: hosts) else { return false }
        let voters = against.count + self.applied.count + (self.leaf == nil ? 0 : 1)
        return against.count * 2 > voters && (isOver || there.isSubset(of: against.union(self.applied)))
    }

    /// The fault that more than half of all who spoke report. The committer has spoken by committing. Before everybody
    /// spoke, or the time is over, the first to speak would be the majority.
    func majority(isOver: Bool, present: Set<LeafIndex>) -> UInt16? {
        let spoken = self.faults.values.reduce(into: self.applied) { $0.formUnion($1) }
        guard isOver || self.electors.intersection(present).isSubset(of: spoken.union(self.undecrypted)) else {
            return nil
        }
        let voters = spoken.count + (self.leaf == nil ? 0 : 1)
        return self.faults.filter { $0.value.count * 2 > voters }.keys.min()
    }
}
