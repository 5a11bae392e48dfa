internal import BeraadTesting
internal import E2EE

/// Many who come at once (`e2ee.md` 14): a hundred let in by one Commit, what that is for the host, for a member and for one
/// of those who come.
public struct JoinScenario: Sendable {
    /// What can be counted.
    public struct Figures: Equatable, Sendable {
        /// Of the Commit that adds them all.
        public let commitBytes: Int
        /// Of a Welcome, what is for one joiner.
        public let welcomeBytes: Int
        /// Of a Welcome, what is for all of them.
        public let groupInfoBytes: Int
        /// Of the tree that each of them fetches.
        public let treeBytes: Int
        /// HPKE seals of the host: one for each joiner.
        public let committerSeals: Int
        /// Signatures that the host checks.
        public let committerVerifications: Int
        /// Signatures that a member checks.
        public let memberVerifications: Int
        /// Signatures that a joiner checks.
        public let joinerVerifications: Int
    }

    /// What takes time, by the caller's clock.
    public struct Times: Sendable {
        /// The host's Commit with its Welcome, and that it is allowed.
        public let committer: Int64
        /// A member's opening of it, and that it is allowed.
        public let member: Int64
        /// A joiner's way from Welcome and tree to a member's state.
        public let joiner: Int64
    }

    /// Members before, the host included.
    public let before: Int
    /// How many come.
    public let joiners: Int
    /// Everything by chance follows from it.
    public let seed: UInt64

    /// A group of at least two, and at most 128 who come.
    public init(before: Int = 200, joiners: Int = 100, seed: UInt64 = 14) {
        self.before = before
        self.joiners = joiners
        self.seed = seed
    }

    /// Lets them in. Times mean something with the real KEM only; counts and bytes are the same with both.
    public func run(hasRealKEM: Bool = false, clock: () -> Int64) throws -> (Figures, Times) {
        let crypto = CountingCryptoProvider(seed: ~self.seed, hasRealKEM: hasRealKEM)
        var dice = SeededGenerator(seed: self.seed)
        var crowd = try Crowd.founded(crypto)
        try crowd.add(1, witnessed: true)
        while crowd.members.count < self.before {
            for leaf in try crowd.add(min(100, self.before - crowd.members.count))
            where PathMerge.isWanted(dice.byte()) { try crowd.merge(leaf) }
        }
        let newcomers = try (0..<self.joiners).map { _ in try crowd.stranger() }
        let epoch = try crowd.epoch

        var counts = crypto.counts
        var moment = clock()
        /// What was asked of the primitives since the last time, and how long it took.
        func since() -> (counts: CountingCryptoProvider.Counts, time: Int64) {
            let (now, then) = (crypto.counts, clock())
            defer { (counts, moment) = (crypto.counts, clock()) }
            return (
                CountingCryptoProvider.Counts(
                    seals: now.seals - counts.seals, opens: now.opens - counts.opens,
                    signatures: now.signatures - counts.signatures,
                    verifications: now.verifications - counts.verifications), then - moment
            )
        }

        var host = try crowd.seat(0)
        let pending = try host.commit(try crowd.plan(adding: newcomers))
        guard epoch.authorise(pending.staged.report) == .allow, let welcome = pending.welcome, let last = newcomers.last
        else { throw GroupScenario.Failure.notFollowed }
        let committer = since()

        let message = pending.message.encoded
        try crowd.follow(pending.message, epoch)
        let member = since()

        try host.adopt(pending)
        let tree = try host.tree.encoded
        _ = since()
        let group = try crowd.join(welcome, last, tree: tree)
        let joiner = since()
        guard try group.epochAuthenticator == host.epochAuthenticator else { throw GroupScenario.Failure.notFollowed }
        return (
            Figures(
                commitBytes: message.count, welcomeBytes: welcome.secrets[0].encoded.count,
                groupInfoBytes: welcome.encryptedGroupInfo.count, treeBytes: tree.count,
                committerSeals: committer.counts.seals, committerVerifications: committer.counts.verifications,
                memberVerifications: member.counts.verifications, joinerVerifications: joiner.counts.verifications),
            Times(committer: committer.time, member: member.time, joiner: joiner.time)
        )
    }
}
