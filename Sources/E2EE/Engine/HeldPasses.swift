/// Passes of our own, with which we may come back through waiting room and lock (`e2ee.md` 4.1, 4.2). They are kept for as
/// long as the engine lives and the policy gives them any worth: a guest's page keeps them nowhere else.
struct HeldPasses: Sendable {
    /// One of each issuer, the newest last.
    private(set) var passes: [ReentryPass] = []
    /// How often there was something new to keep.
    private(set) var changes: UInt64 = 0

    /// When one issuer is put out another one's pass still holds; more than a few hosts no meeting needs for that.
    static var countMax: Int { 4 }

    /// None.
    init() {}

    /// Those that were kept, of which the caller has seen that they are valid.
    init(_ passes: [ReentryPass]) { for pass in passes { self.keep(pass) } }

    var isEmpty: Bool { self.passes.isEmpty }

    /// To be shown where only somebody who knows the policy can judge it.
    var newest: ReentryPass? { self.passes.last }

    /// A pass that is valid: the caller has looked.
    mutating func keep(_ pass: ReentryPass) {
        guard !self.passes.contains(pass) else { return }
        self.passes.removeAll { $0.issuer.subjectKey == pass.issuer.subjectKey }
        self.passes.append(pass)
        if self.passes.count > Self.countMax { self.passes.removeFirst() }
        self.changes &+= 1
    }

    /// Forgets what a policy made worthless: those of another generation, and of people whose word counts no more.
    mutating func follow(_ policy: MeetingPolicy) {
        let kept = self.passes.filter { pass in
            pass.generation == policy.passGeneration && !policy.revoked.contains { pass.issuer.names($0.key) }
        }
        guard kept.count < self.passes.count else { return }
        self.passes = kept
        self.changes &+= 1
    }

    /// One that opens every door of a group with this policy to the owner of `key`.
    func valid<Crypto: CryptoProvider>(
        for key: [UInt8], under policy: MeetingPolicy, _ crypto: Crypto
    ) -> ReentryPass? {
        let rule = ChainRule(policy, crypto)
        return self.passes.last { $0.isValid(for: key, generation: policy.passGeneration, rule) }
    }
}
