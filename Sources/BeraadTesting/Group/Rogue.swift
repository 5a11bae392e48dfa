package import E2EE
internal import Wire

/// Somebody in a `TestMeeting` who has a place at its server, the link, and no scruples: a member made of the parts an
/// engine is made of, moved by hand. It follows what others commit without judging it, commits and says what it is told,
/// and forgets no key.
package final class Rogue {
    package typealias Provider = LyingCryptoProvider

    /// Its connection; the engine there is told nothing.
    package let seat: TestMember
    package let crypto: LyingCryptoProvider
    /// What hangs on the link.
    package let invite: InviteKeys
    package let identity: LeafIdentity
    package let chain: Chain?
    /// What its leaf says about itself.
    private let leaf: BeraadLeaf
    /// Its public signature key.
    package let key: [UInt8]
    /// Its end of the group, once it is in.
    package var group: Group<LyingCryptoProvider>?
    /// Keys of every epoch it ever was in, in their order.
    package private(set) var mediaEpochs: [MediaEpoch] = []
    /// Everything members said that it could open.
    package private(set) var heard: [(leaf: UInt32, message: AppMessage)] = []
    /// A Welcome to its last knock.
    package private(set) var welcome: (message: Welcome, sequence: UInt64)?
    /// Somebody's Commit took its leaf away.
    package private(set) var isRemoved = false
    /// Whether it goes along when others commit; one that does not stays where it is.
    package var follows = true

    private let meeting: TestMeeting
    private let signatureKey: HeldSecret
    private var own: OwnKeyPackage?
    private var pending: PendingCommit<LyingCryptoProvider>?
    private var pendingMessage: [UInt8] = []
    private var challenge: [UInt8]?
    package private(set) var answers: [UInt32: ServerFrame] = [:]
    private var requests: UInt32 = 0
    private var generator: SeededGenerator

    /// Somebody with the common link; `role` gives them a chain of the authority, as the host link would. `change` is for
    /// leaves that say something else about themselves, and is told their key.
    package init(
        _ name: String, in meeting: TestMeeting, role: Role? = nil,
        _ change: (inout BeraadLeaf, [UInt8]) throws -> Void = { _, _ in }
    ) throws {
        self.meeting = meeting
        self.crypto = LyingCryptoProvider(meeting.crypto)
        self.generator = SeededGenerator(seed: UInt64(name.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
        let path = meeting.links.path, fragment = meeting.links.host
        let link = try Link(meetingID: path.span, fragment: fragment.span, self.crypto)
        self.invite = InviteKeys(link.invite(self.crypto), self.crypto)
        let secret = try self.crypto.signatureKey(.ed25519)
        self.key = try Self.publicKey(of: secret, self.crypto)
        self.signatureKey = HeldSecret(secret.duplicate())
        let instance = MeetingInstance(meetingID: link.meetingID, number: 0)
        var chain: Chain?
        if let role, let seed = link.seedCopy(), let authority = try link.publicKey(self.crypto) {
            let certificate = RoleCertificate(
                instance, issuer: authority, subject: self.key, .leaf, role, role.rightsMax,
                notBefore: TestMeeting.unix - 3_600, notAfter: TestMeeting.unix + 43_200,
                serial: [UInt8](repeating: 1, count: 8))
            chain = Chain([try certificate.signed(by: seed, self.crypto)])
        }
        var leaf = BeraadLeaf(instance, clientVersion: 1, chain: chain)
        try change(&leaf, self.key)
        self.chain = leaf.chain
        self.leaf = leaf
        self.identity = try MeetingGroup.identity(leaf, signatureKey: secret.duplicate(), self.crypto)
        self.seat = try meeting.open(name)
        self.seat.script = { bytes in self.take(bytes) }
    }

    private static func publicKey(of seed: borrowing Secret, _ crypto: LyingCryptoProvider) throws -> [UInt8] {
        try crypto.publicKey(ofSeed: seed.span)
    }

    // MARK: The server's frames

    private func take(_ bytes: [UInt8]) {
        guard let frame = try? Frame(decoding: bytes), let said = try? ServerFrame(frame) else { return }
        if frame.request != 0 { self.answers[frame.request] = said }
        switch said {
        case .hello(let challenge, _): self.challenge = challenge
        case .welcome(let message, let sequence, _):
            if case .welcome(let welcome)? = try? MLSMessage(decoding: message) { self.welcome = (welcome, sequence) }
        case .event(let event): if self.follows { self.follow(event.message) }
        default: break
        }
    }

    /// Follows whatever can be followed.
    package func follow(_ message: MLSMessage) {
        if message.encoded == self.pendingMessage { return self.adopt() }
        guard let received = try? self.group?.receive(message) else { return }
        switch received {
        case .application(let leaf, let bytes, _):
            if let message = try? AppMessage(decoding: bytes) { self.heard.append((leaf, message)) }
        case .proposal: break
        case .commit(let commit): try? self.follow(commit)
        }
    }

    private func follow(_ commit: VerifiedCommit) throws {
        guard let staged = try self.group?.validate(commit, preSharedKeys: self.invite.preSharedKeys) else { return }
        self.isRemoved = staged.report.removesUs
        try self.group?.adopt(staged)
        try self.remember()
    }

    /// Takes its own Commit for ordered.
    package func adopt() {
        guard let pending = self.pending.take() else { return }
        try? self.group?.adopt(pending)
        try? self.remember()
    }

    private func remember() throws {
        let label = Array("SFrame 1.0 Base Key".utf8)
        guard !self.isRemoved, let key = try self.group?.export(label, context: [], count: 16),
            let context = try self.group?.context,
            let tree = try self.group?.tree, let leaf = try self.group?.ownLeaf
        else { return }
        let people = tree.members.compactMap { index in
            tree.leaf(index).map { MediaOccupant(leaf: index, signatureKey: $0.signatureKey) }
        }
        self.mediaEpochs.append(
            MediaEpoch(
                epoch: context.epoch, baseKey: HeldSecret(key), leafBits: tree.leafCount.trailingZeroBitCount,
                ownLeaf: leaf, occupants: people))
    }

    // MARK: Asking

    /// Asks the server something, and lets time pass until it answers.
    @discardableResult
    package func ask(_ frame: ClientFrame) throws -> ServerFrame {
        self.meeting.run(until: { self.challenge != nil })
        self.requests += 1
        let request = self.requests
        self.meeting.say(frame, request: request, from: self.seat)
        guard self.meeting.run(until: { self.answers[request] != nil }), let answer = self.answers[request] else {
            throw RogueError.noAnswer
        }
        return answer
    }

    /// Says something without waiting.
    package func say(_ frame: ClientFrame) {
        self.requests += 1
        self.meeting.say(frame, request: self.requests, from: self.seat)
    }

    private func get(_ frame: GetFrame) throws -> DataFrame {
        guard case .data(let bytes) = try self.ask(.get(frame)) else { throw RogueError.refused }
        return try DataFrame(decoding: bytes)
    }

    /// The tree of an epoch, from snapshot and log.
    private func tree(of groupID: [UInt8], at epoch: UInt64) throws -> RatchetTree {
        guard case .tree(_, let sequence, let tree, let info) = try self.get(GetFrame(.tree, groupID: groupID)),
            case .groupInfo(let snapshot) = try MLSMessage(decoding: info),
            case .log(_, _, let lines) = try self.get(GetFrame(.log, groupID: groupID, from: sequence + 1))
        else { throw RogueError.refused }
        var follower = try PublicFollower(tree: try RatchetTree(decoding: tree), snapshot.groupContext, self.crypto)
        for line in lines where follower.epoch < epoch { try follower.follow(try MLSMessage(decoding: line.message)) }
        return follower.tree
    }

    private func bind() throws {
        guard let challenge = self.challenge, let groupID = try self.group?.context.groupID,
            let leaf = try self.group?.ownLeaf
        else { return }
        try self.ask(.bind(try self.proof(challenge, groupID: groupID, leaf: leaf)))
    }

    /// Sign(leaf, "bind", challenge || group id): the label is written out, for only the engine may use its own.
    private func proof(_ challenge: [UInt8], groupID: [UInt8], leaf: UInt32) throws -> BindFrame {
        var signed = ByteWriter()
        signed.vector(Array("MLS 1.0 Beraad 1 bind".utf8))
        signed.vector(challenge + groupID)
        let message = signed.bytes
        let key = self.signatureKey.secret.duplicate()
        let signature = try self.crypto.sign(key.span, message.span)
        return BindFrame(groupID: groupID, leaf: leaf, chain: self.chain, signature: signature)
    }

    // MARK: Coming in

    /// Passes that members gave where it heard them, with the leaf that did.
    package var passes: [(leaf: UInt32, pass: ReentryPass)] {
        self.heard.filter { $0.message.kind == .passes }.flatMap { said in
            ((try? Passes(decoding: said.message.body))?.passes ?? []).map { (leaf: said.leaf, pass: $0) }
        }
    }

    /// Knocks with a fresh key package, or with one that is given; somebody has to let it in then.
    package func knock(_ own: OwnKeyPackage? = nil, showing pass: ReentryPass? = nil) throws {
        let own = try own ?? MeetingGroup.keyPackage(self.identity, now: TestMeeting.unix, self.crypto)
        guard case .descriptors(_, let lobby, _) = try self.get(GetFrame(.descriptors)) else {
            throw RogueError.refused
        }
        let card = LobbyCard(name: Array(self.seat.name.utf8), note: [], language: Array("nl".utf8))
        let request = try Lobby.request(
            own.keyPackage, card, nonce: self.generator.bytes(32), pass: pass, try LobbyDescriptor(decoding: lobby),
            self.invite, self.crypto)
        self.own = own
        self.welcome = nil
        self.say(.knock(request.encoded))
    }

    /// A key package under its key for a leaf that says something else about itself.
    package func keyPackage(_ change: (inout BeraadLeaf) -> Void) throws -> OwnKeyPackage {
        var leaf = self.leaf
        change(&leaf)
        let identity = try MeetingGroup.identity(
            leaf, signatureKey: self.signatureKey.secret.duplicate(), self.crypto)
        return try MeetingGroup.keyPackage(identity, now: TestMeeting.unix, self.crypto)
    }

    /// Comes in by the Welcome to its knock.
    package func enter() throws {
        guard self.meeting.run(until: { self.welcome != nil }), let welcome = self.welcome, let own = self.own else {
            throw RogueError.noAnswer
        }
        let context = try WelcomeCheck.info(welcome.message, own, self.invite, self.crypto).groupContext
        let tree = try self.tree(of: context.groupID, at: context.epoch)
        self.group = try Group(
            joining: welcome.message, own, tree: tree, preSharedKeys: self.invite.preSharedKeys, self.crypto)
        try self.remember()
        try self.bind()
        guard
            case .log(_, _, let lines) = try self.get(
                GetFrame(.log, groupID: context.groupID, from: welcome.sequence + 1))
        else { throw RogueError.refused }
        for line in lines { self.follow(try MLSMessage(decoding: line.message)) }
    }

    /// Comes in by its own Commit, as whatever it says.
    package func enter(by auth: JoinAuth, removing: UInt32? = nil) throws {
        self.meeting.run(until: { self.challenge != nil })
        if self.chain != nil, let challenge = self.challenge {
            try self.ask(.bind(try self.proof(challenge, groupID: [], leaf: .max)))
        }
        guard case .groupInfo(let bytes) = try self.get(GetFrame(.groupInfo)),
            case .groupInfo(let info) = try MLSMessage(decoding: bytes)
        else { throw RogueError.refused }
        let context = info.groupContext
        let tree = try self.tree(of: context.groupID, at: context.epoch)
        let join = try self.join(info, tree, auth, removing: removing)
        let frame = CommitFrame(
            groupID: context.groupID, epoch: context.epoch, commit: join.message.encoded,
            added: [Added(leaf: join.ownLeaf, key: self.key, keyPackageRef: [])],
            removed: removing.map { [$0] } ?? [], groupInfo: MLSMessage.groupInfo(try join.groupInfo()).encoded)
        guard case .ok = try self.ask(.commit(frame)) else { throw RogueError.refused }
        self.group = join.joined()
        try self.remember()
        try self.bind()
    }

    /// A Commit of its own into a group, with the link's key.
    package func join(
        _ info: GroupInfo, _ tree: RatchetTree, _ auth: JoinAuth, removing: UInt32? = nil
    ) throws -> ExternalJoin<LyingCryptoProvider> {
        var plan = ExternalJoin<LyingCryptoProvider>.Plan()
        plan.authenticatedData = auth.encoded
        plan.removing = removing
        plan.names = [self.pskID]
        plan.preSharedKeys = self.invite.preSharedKeys
        return try ExternalJoin(info, tree: tree, self.identity, plan, self.crypto)
    }

    private var pskID: PreSharedKeyID {
        PreSharedKeyID(name: .external(self.invite.identifier), nonce: self.generator.bytes(32))
    }

    /// Makes a group of its own, which says it is this meeting's: with the true descriptor, and rules it likes.
    package func found(
        _ descriptor: MeetingDescriptor, serverKey: [UInt8], _ change: (inout MeetingPolicy) -> Void = { _ in }
    ) throws {
        let own = try MeetingGroup.keyPackage(self.identity, now: TestMeeting.unix, self.crypto)
        var policy = MeetingPolicy(first: descriptor, inviteID: self.invite.identifier)
        change(&policy)
        self.group = try MeetingGroup.create(policy, serverKey: serverKey, own, self.crypto)
        self.mediaEpochs = []
        try self.remember()
    }

    /// The state of its group, for whoever joins.
    package var state: (info: GroupInfo, tree: RatchetTree) {
        get throws {
            guard let info = try self.group?.groupInfo(), let tree = try self.group?.tree else {
                throw RogueError.outside
            }
            return (info, tree)
        }
    }

    // MARK: Mischief

    /// What a Commit of a member says, with nothing in it yet.
    package var plan: CommitPlan {
        var plan = CommitPlan()
        plan.authenticatedData = CommitAuth().encoded
        plan.waiting = .only([])
        plan.welcomeHasTree = false
        plan.preSharedKeys = self.invite.preSharedKeys
        return plan
    }

    /// The proposals that add somebody, with the link's key.
    package func adding(_ packages: [KeyPackage]) -> [Proposal] {
        packages.map { .add(Add(keyPackage: $0)) } + [.preSharedKey(PreSharedKey(psk: self.pskID))]
    }

    /// The proposal of another policy.
    package func policy(_ change: (inout MeetingPolicy) -> Void) throws -> Proposal {
        guard let extensions = try self.group?.context.extensions,
            var policy = MeetingProfile.policy(in: extensions)
        else { throw RogueError.outside }
        policy.revision &+= 1
        change(&policy)
        return .groupContextExtensions(
            GroupContextExtensions(extensions: MeetingProfile.replacing(policy, in: extensions)))
    }

    /// Makes a Commit, and takes it for its own when it comes back. Of several the last one counts.
    package func commit(_ plan: CommitPlan) throws -> CommitFrame {
        guard let context = try self.group?.context, let pending = try self.group?.commit(plan) else {
            throw RogueError.outside
        }
        let report = pending.staged.report
        let references = pending.welcome?.secrets.map { $0.newMember } ?? []
        let added = zip(report.added, references).compactMap { leaf, reference in
            report.tree.leaf(leaf).map { Added(leaf: leaf, key: $0.signatureKey, keyPackageRef: reference) }
        }
        let frame = CommitFrame(
            groupID: context.groupID, epoch: context.epoch, commit: pending.message.encoded, added: added,
            removed: report.removed, welcome: pending.welcome.map { MLSMessage.welcome($0).encoded } ?? [],
            groupInfo: MLSMessage.groupInfo(try pending.staged.groupInfo()).encoded)
        self.pendingMessage = frame.commit
        self.pending = consume pending
        return frame
    }

    /// Commits something through the server.
    @discardableResult
    package func send(_ plan: CommitPlan) throws -> CommitFrame {
        let frame = try self.commit(plan)
        self.say(.commit(frame))
        return frame
    }

    /// A message of the application, sealed and not sent.
    package func sealed(_ kind: AppMessage.Kind, _ body: [UInt8]) throws -> MLSMessage {
        let message = AppMessage(
            kind: kind, id: self.generator.bytes(16), sentMilliseconds: 1, body: body)
        return try self.sealed(message.encoded)
    }

    /// Bytes of the application, sealed and not sent.
    package func sealed(_ bytes: [UInt8]) throws -> MLSMessage {
        guard let message = try self.group?.seal(bytes) else { throw RogueError.outside }
        return message
    }

    /// Says something to everybody.
    package func tell(_ kind: AppMessage.Kind, _ body: [UInt8]) throws {
        self.say(.app(AppFrame(message: try self.sealed(kind, body).encoded, keeping: kind.keeping)))
    }

    /// Says something to the owner of a leaf alone, allowed or not; `claimed` is whose it says it is.
    package func whisper(
        _ kind: AppMessage.Kind, _ body: [UInt8], to leaf: UInt32, from claimed: UInt32? = nil
    ) throws {
        guard let context = try self.group?.context, let own = try self.group?.ownLeaf,
            let leafNode = try self.group?.tree.leaf(leaf)
        else { throw RogueError.outside }
        let way = DirectContext(groupID: context.groupID, epoch: context.epoch, from: claimed ?? own, to: leaf)
        let message = AppMessage(
            kind: kind, id: self.generator.bytes(16), sentMilliseconds: 1, body: body)
        let direct = try Direct(message, to: leafNode, way, self.crypto)
        let sealed = try self.sealed(.direct, direct.encoded)
        self.say(.app(AppFrame(message: sealed.encoded, deliverTo: [leaf], keeping: .logged)))
    }

    /// The chain that the policy holds for its key.
    package var givenChain: Chain? {
        get throws {
            guard let extensions = try self.group?.context.extensions else { throw RogueError.outside }
            return MeetingProfile.policy(in: extensions)?.roles.first { $0.subjectKey == self.key }
        }
    }

    /// A chain that makes somebody a co-host by this one's word, below a chain of its own.
    package func cohost(_ key: [UInt8], under chain: Chain) throws -> Chain {
        guard let own = chain.certificates.first else { throw RogueError.outside }
        let certificate = RoleCertificate(
            own.instance, issuer: self.key, subject: key, .leaf, .cohost, own.rights.subtracting(.delegate),
            notBefore: own.notBefore, notAfter: own.notAfter, serial: self.generator.bytes(8))
        return Chain([try certificate.signed(by: self.signatureKey.secret, self.crypto)] + chain.certificates)
    }

    /// A Commit that covers everything that was proposed.
    package func coveringAll() throws -> CommitPlan {
        var plan = self.plan
        plan.waiting = .only(try self.group?.proposals.compactMap { $0.reference } ?? [])
        return plan
    }

    /// Answers whoever asked whether it is there now, as an honest host does.
    package func answerChallenges(at milliseconds: UInt64) throws {
        guard let context = try self.group?.context, let tree = try self.group?.tree else { throw RogueError.outside }
        let nonces = self.heard.filter { $0.message.kind == .challenge }.suffix(FreshnessResponse.noncesMax)
            .compactMap { (try? FreshnessChallenge(decoding: $0.message.body))?.nonce }
        let beacon = Beacon(
            epoch: context.epoch, confirmedTranscriptHash: context.confirmedTranscriptHash,
            members: UInt32(try MeetingEpoch(context, tree).occupants.count), monotonicMilliseconds: milliseconds)
        try self.tell(.response, FreshnessResponse(beacon, nonces: nonces).encoded)
    }

    /// Signs something with its own key.
    package func signed<Value: SelfSigned>(_ value: Value) throws -> Value {
        try value.signed(by: self.signatureKey.secret, self.crypto)
    }

    /// A name, signed with its own key, whosever key it is said to be of.
    package func profile(of key: [UInt8], name: String, revision: UInt32 = 9) throws -> SignedProfile {
        guard let groupID = try self.group?.context.groupID else { throw RogueError.outside }
        return try self.signed(
            SignedProfile(
                leaf: key, groupID: groupID, revision: revision, name: Array(name.utf8), language: Array("nl".utf8)))
    }
}

/// What stops a rogue.
package enum RogueError: Error {
    /// The server did not answer.
    case noAnswer
    /// The server said no.
    case refused
    /// It is in no group.
    case outside
}
