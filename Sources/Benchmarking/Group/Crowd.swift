internal import BeraadTesting
internal import E2EE

/// The group of a meeting, all of whose members are played by one program: a leaf's identity is known, its path's private
/// keys are not, and Commits are made and applied by the engine's own code. Nobody follows them here, so a group of a
/// thousand is no more work than one of ten; a witness is a member with all its keys who does.
struct Crowd: ~Copyable {
    typealias Crypto = CountingCryptoProvider

    /// Unix seconds; nothing here takes time.
    static let now: UInt64 = 1_800_000_000

    let crypto: Crypto
    let instance: MeetingInstance
    let invite: InviteKeys
    private let serverKey: [UInt8]
    private let fingerprint: [UInt8]
    private(set) var group: Group<Crypto>
    private var identities: [UInt32: LeafIdentity]
    private var witness: Group<Crypto>?
    /// Where the witness sits: it neither leaves nor commits.
    private(set) var witnessLeaf: UInt32?

    /// The host alone, at leaf 0.
    static func founded(_ crypto: Crypto) throws(E2EEError) -> Crowd {
        let authority = try crypto.signatureKey(.ed25519)
        let (id, secret) = (try Self.bytes(16, crypto), try Self.bytes(16, crypto))
        let link = try Link(
            hostOf: id, inviteSecret: Secret(copying: secret.span), authoritySeed: authority.duplicate(), crypto)
        var draft = MeetingDraft(notBefore: Self.now - 3_600, notAfter: Self.now + 43_200)
        draft.membersMax = 500
        let descriptor = try draft.signed(by: link, crypto).meeting
        let invite = InviteKeys(link.invite(crypto), crypto)
        let serverKey = try Self.bytes(32, crypto)
        let host = try Self.identity(
            descriptor.instance, crypto, certifiedBy: (descriptor.authorityKey, HeldSecret(authority)))
        let group = try MeetingGroup.create(
            MeetingPolicy(first: descriptor, inviteID: invite.identifier), serverKey: serverKey,
            try MeetingGroup.keyPackage(host, now: Self.now, crypto), crypto)
        return Crowd(
            crypto: crypto, instance: descriptor.instance, invite: invite, serverKey: serverKey,
            fingerprint: link.authorityFingerprint, group: group, identities: [0: host])
    }

    // MARK: People

    /// Leaves where somebody is.
    var members: [UInt32] { self.identities.keys.sorted() }

    /// Somebody who is not in yet.
    struct Newcomer: Sendable {
        let identity: LeafIdentity
        let own: OwnKeyPackage
    }

    /// Somebody nobody has seen yet, with what a browser says about itself.
    func stranger() throws(E2EEError) -> Newcomer {
        let identity = try Self.identity(self.instance, self.crypto, certifiedBy: nil)
        return Newcomer(
            identity: identity, own: try MeetingGroup.keyPackage(identity, now: Self.now, self.crypto))
    }

    private static func identity(
        _ instance: MeetingInstance, _ crypto: Crypto, certifiedBy authority: (key: [UInt8], seed: HeldSecret)?
    ) throws(E2EEError) -> LeafIdentity {
        let key = try crypto.signatureKey(.ed25519)
        let publicKey = try Self.publicKey(of: key, crypto)
        var leaf = BeraadLeaf(instance, clientVersion: 1, buildHash: [UInt8](repeating: 0, count: 32))
        if let authority {
            let certificate = try RoleCertificate(
                instance, issuer: authority.key, subject: publicKey, .leaf, .host, Role.host.rightsMax,
                notBefore: Self.now - 3_600, notAfter: Self.now + 43_200, serial: try Self.bytes(8, crypto)
            ).signed(by: authority.seed.secret, crypto)
            leaf.chain = Chain([certificate])
        }
        return try MeetingGroup.identity(leaf, signatureKey: key, crypto)
    }

    private static func publicKey(of key: borrowing Secret, _ crypto: Crypto) throws(E2EEError) -> [UInt8] {
        try crypto.publicKey(.ed25519, of: key.span)
    }

    private static func bytes(_ count: Int, _ crypto: Crypto) throws(E2EEError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var out = bytes.mutableSpan
        try crypto.random(&out)
        return bytes
    }

    // MARK: Commits, as the engine plans them

    /// A Commit and what it cost whom made it.
    struct Cost: Sendable {
        let seals: Int
        let bytes: Int
    }

    /// The host lets people in, all by one Commit. A witness is the last of them from then on.
    @discardableResult
    mutating func add(_ count: Int, witnessed: Bool = false) throws(E2EEError) -> [UInt32] {
        var newcomers: [Newcomer] = []
        for _ in 0..<count { newcomers.append(try self.stranger()) }
        let plan = try self.plan(adding: newcomers)
        var host = try self.seat(0)
        let pending = try host.commit(plan)
        let welcome = pending.welcome
        let added = pending.staged.report.added
        try self.follow(pending.message)
        try host.adopt(pending)
        for (leaf, newcomer) in zip(added, newcomers) { self.identities[leaf] = newcomer.identity }
        if witnessed, let welcome, let last = newcomers.last {
            self.witness = try Group(
                joining: welcome, last.own, tree: try host.tree, preSharedKeys: self.invite.preSharedKeys, self.crypto)
            self.witnessLeaf = added.last
        }
        self.group = host
        return added
    }

    /// As the engine plans to admit people (`e2ee.md` 4.3): Adds by value, the key of the link, no path.
    func plan(adding newcomers: [Newcomer]) throws(E2EEError) -> CommitPlan {
        var plan = self.plan
        plan.proposals = newcomers.map { .add(Add(keyPackage: $0.own.keyPackage)) }
        plan.proposals.append(.preSharedKey(PreSharedKey(psk: try self.invite.preSharedKeyID(self.crypto))))
        plan.path = .whenNeeded
        return plan
    }

    private var plan: CommitPlan {
        var plan = CommitPlan()
        plan.authenticatedData = CommitAuth().encoded
        plan.welcomeHasTree = false
        plan.preSharedKeys = self.invite.preSharedKeys
        plan.waiting = .only([])
        return plan
    }

    /// The member at `leaver` says goodbye, the one at `committer` makes it true.
    @discardableResult
    mutating func remove(_ leaver: UInt32, by committer: UInt32) throws(E2EEError) -> Cost {
        var leaving = try self.seat(leaver)
        let goodbye = try leaving.propose(.selfRemove(SelfRemove()))
        let cost = try self.commit(by: committer, after: goodbye)
        self.identities[leaver] = nil
        return cost
    }

    /// What that would cost. Nothing happens.
    borrowing func costOfRemoving(_ leaver: UInt32, by committer: UInt32) throws(E2EEError) -> Cost {
        var leaving = try self.seat(leaver)
        let goodbye = try leaving.propose(.selfRemove(SelfRemove()))
        var member = try self.seat(committer)
        var plan = self.plan
        plan.waiting = .only(try Self.hear(goodbye, &member))
        let before = self.crypto.counts.seals
        let pending = try member.commit(plan)
        return Cost(seals: self.crypto.counts.seals - before, bytes: pending.message.encoded.count)
    }

    /// A newcomer puts keys on its path, so that nobody has to seal to it alone any more.
    mutating func merge(_ leaf: UInt32) throws(E2EEError) { try self.commit(by: leaf, after: nil) }

    @discardableResult
    private mutating func commit(by leaf: UInt32, after goodbye: MLSMessage?) throws(E2EEError) -> Cost {
        var plan = self.plan
        var member = try self.seat(leaf)
        if let goodbye {
            plan.waiting = .only(try Self.hear(goodbye, &member))
            _ = try self.witness?.receive(goodbye)
        }
        let before = self.crypto.counts.seals
        let pending = try member.commit(plan)
        let cost = Cost(seals: self.crypto.counts.seals - before, bytes: pending.message.encoded.count)
        try self.follow(pending.message)
        try member.adopt(pending)
        self.group = member
        return cost
    }

    private static func hear(_ proposal: MLSMessage, _ member: inout Group<Crypto>) throws(E2EEError) -> [[UInt8]] {
        guard case .proposal(let item) = try member.receive(proposal) else { throw E2EEError(.usage, .unknown) }
        return item.reference.map { [$0] } ?? []
    }

    /// The member at a leaf, without the private keys of its path.
    borrowing func seat(_ leaf: UInt32) throws(E2EEError) -> Group<Crypto> {
        guard let identity = self.identities[leaf] else { throw E2EEError(.usage, .unknown) }
        return try self.group.seat(leaf, identity)
    }

    // MARK: Those who have all their keys

    /// The rules of this epoch.
    var epoch: Authoriser<Crypto> {
        get throws(E2EEError) {
            Authoriser(
                try MeetingEpoch(try self.group.context, try self.group.tree), joinMACKey: self.invite.joinMAC,
                self.crypto)
        }
    }

    /// The witness opens a Commit, as everybody in a real meeting does, and may ask the rules.
    mutating func follow(_ message: MLSMessage, _ rules: Authoriser<Crypto>? = nil) throws(E2EEError) {
        guard var witness = self.witness.take() else { return }
        guard case .commit(let commit) = try witness.receive(try MLSMessage(decoding: message.encoded)) else {
            throw E2EEError(.usage, .unknown)
        }
        let staged = try witness.validate(commit, preSharedKeys: self.invite.preSharedKeys)
        if let rules, rules.authorise(staged.report) != .allow { throw E2EEError(.validation, .proposalList) }
        try witness.adopt(staged)
        self.witness = consume witness
    }

    /// Whether the witness is where everybody is.
    mutating func isWitnessed() throws(E2EEError) -> Bool {
        guard let witness = self.witness.take() else { return false }
        let theirs = try witness.epochAuthenticator
        self.witness = consume witness
        return try theirs == self.group.epochAuthenticator
    }

    /// Comes in by Welcome and tree, with everything a joiner checks.
    func join(_ welcome: Welcome, _ newcomer: Newcomer, tree: [UInt8]) throws(E2EEError) -> Group<Crypto> {
        _ = try WelcomeCheck.info(welcome, newcomer.own, self.invite, self.crypto)
        let group = try Group(
            joining: welcome, newcomer.own, tree: try RatchetTree(decoding: tree),
            preSharedKeys: self.invite.preSharedKeys, self.crypto)
        let fault = JoinerCheck.fault(
            try group.context, try group.tree, self.instance, fingerprint: self.fingerprint, serverKey: self.serverKey,
            self.crypto)
        guard fault == nil else { throw E2EEError(.validation, .tree) }
        return group
    }
}
