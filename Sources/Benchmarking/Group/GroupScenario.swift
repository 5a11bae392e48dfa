internal import BeraadTesting
internal import E2EE

/// A group in which people come and go (`e2ee.md` 14, Figures to reach): after so many have left and others have come, what
/// one removal costs whoever commits it.
public struct GroupScenario: Sendable {
    /// Who commits that somebody goes.
    public enum Policy: String, CaseIterable, Sendable {
        /// The product's: the nearest leaf, and one newcomer in eight puts keys on its path.
        case merging
        /// The nearest leaf, and no newcomer does anything.
        case nearest
        /// Anybody: what an ejection costs, which a host commits from wherever it sits.
        case random
        /// The host, and nobody else commits anything.
        case host

        /// As the table of figures calls it.
        public var title: String {
            switch self {
            case .merging: "nearest leaf, 1 in 8 merges"
            case .nearest: "nearest leaf"
            case .random: "random member"
            case .host: "host commits everything"
            }
        }
    }

    /// What removals cost, and what the tree is like.
    public struct Figures: Equatable, Sendable {
        /// HPKE seals of a removal Commit: the median, and what 95 of 100 stay within.
        public let seals: Spread
        /// Bytes of that Commit.
        public let bytes: Spread
        /// Bytes of the tree, which every joiner fetches.
        public let treeBytes: Int
    }

    /// The middle of many numbers and nearly the largest.
    public struct Spread: Equatable, Sendable {
        /// Half of them are not above it.
        public let median: Int
        /// 95 of 100 are not above it.
        public let p95: Int

        /// Of at least one number.
        init(_ numbers: [Int]) {
            let sorted = numbers.sorted()
            func rank(_ percent: Int) -> Int { sorted[max(0, (sorted.count * percent + 99) / 100 - 1)] }
            self.median = rank(50)
            self.p95 = rank(95)
        }
    }

    /// Why there is nothing to count.
    public enum Failure: Error {
        /// A member with all its keys could not follow, or got somewhere else.
        case notFollowed
    }

    /// Members, the host included; as many after each event as before.
    public let members: Int
    /// Who commits.
    public let policy: Policy
    /// Everything by chance follows from it.
    public let seed: UInt64
    /// Times that one leaves and another comes.
    public var events = 400
    /// Removals looked at in the end, each of another member.
    public var samples = 200
    /// Whether one member has all its keys and follows every Commit. That is work for a member in each of them.
    public var isWitnessed = false

    /// A group of at least four.
    public init(members: Int, policy: Policy, seed: UInt64 = 14) {
        self.members = members
        self.policy = policy
        self.seed = seed
    }

    /// Lets them come and go, then counts.
    public func run() throws -> Figures {
        var dice = SeededGenerator(seed: self.seed)
        var crowd = try Crowd.founded(CountingCryptoProvider(seed: ~self.seed))
        try self.fill(&crowd, &dice)
        for _ in 0..<self.events {
            let leaver = self.leaver(crowd, &dice)
            try crowd.remove(leaver, by: self.committer(for: leaver, crowd, &dice))
            try self.settle(try crowd.add(1), &crowd, &dice)
        }
        if self.isWitnessed, try !crowd.isWitnessed() { throw Failure.notFollowed }

        let present = self.mayLeave(crowd)
        var costs: [Crowd.Cost] = []
        for index in dice.different(self.samples, below: present.count) {
            let leaver = present[index]
            costs.append(try crowd.costOfRemoving(leaver, by: self.committer(for: leaver, crowd, &dice)))
        }
        return Figures(
            seals: Spread(costs.map { $0.seals }), bytes: Spread(costs.map { $0.bytes }),
            treeBytes: try crowd.group.tree.encoded.count)
    }

    /// People come in crowds at the beginning; a hundred by one Commit.
    private func fill(_ crowd: inout Crowd, _ dice: inout SeededGenerator) throws {
        if self.isWitnessed { try crowd.add(1, witnessed: true) }
        while crowd.members.count < self.members {
            try self.settle(try crowd.add(min(100, self.members - crowd.members.count)), &crowd, &dice)
        }
    }

    /// Whoever came puts keys on its path, or does not.
    private func settle(_ newcomers: [UInt32], _ crowd: inout Crowd, _ dice: inout SeededGenerator) throws {
        guard self.policy == .merging else { return }
        for leaf in newcomers where PathMerge.isWanted(dice.byte()) { try crowd.merge(leaf) }
    }

    /// The host stays.
    private func mayLeave(_ crowd: borrowing Crowd) -> [UInt32] {
        let stays = crowd.witnessLeaf
        return crowd.members.filter { $0 != 0 && $0 != stays }
    }

    private func leaver(_ crowd: borrowing Crowd, _ dice: inout SeededGenerator) -> UInt32 {
        let present = self.mayLeave(crowd)
        return present[dice.below(present.count)]
    }

    private func committer(for leaver: UInt32, _ crowd: borrowing Crowd, _ dice: inout SeededGenerator) -> UInt32 {
        let witness = crowd.witnessLeaf
        let others = crowd.members.filter { $0 != leaver && $0 != witness }
        return switch self.policy {
        case .merging, .nearest: NearestLeaf.order(to: leaver, among: others)[0]
        case .random: others[dice.below(others.count)]
        case .host: 0
        }
    }
}

extension GroupScenario {
    /// What `e2ee.md` 14 allows the product's policy; nothing is said of groups of another size.
    public struct Gate: Sendable {
        let seals: (median: Int, p95: Int)
        /// Whole KiB. For a group of a hundred only the median is given.
        let kibibytes: (median: Int, p95: Int?)

        /// Whether figures stay within it.
        public func admits(_ figures: Figures) -> Bool {
            figures.seals.median <= self.seals.median && figures.seals.p95 <= self.seals.p95
                && figures.bytes.median < (self.kibibytes.median + 1) * 1_024
                && figures.bytes.p95 < ((self.kibibytes.p95 ?? Int(UInt16.max)) + 1) * 1_024
        }
    }

    /// The gate of this scenario, if there is one.
    public var gate: Gate? {
        guard self.policy == .merging else { return nil }
        return switch self.members {
        case 100: Gate(seals: (12, 14), kibibytes: (23, nil))
        case 300: Gate(seals: (15, 24), kibibytes: (28, 39))
        case 1_000: Gate(seals: (20, 38), kibibytes: (35, 56))
        default: nil
        }
    }
}
