/// A member's end of one group (RFC 9420). It has no clock, no socket and no rules of a meeting: bytes go in, and come
/// out. Noncopyable, because two copies would send with the same keys.
package struct Group<Crypto: CryptoProvider>: ~Copyable, Sendable {
    /// Nothing once we were removed.
    private var current: GroupState<Crypto>?

    init(_ state: GroupState<Crypto>) { self.current = state }

    /// Creates a group of one (§11). `own` is used up: its leaf becomes ours.
    package init(
        creating groupID: [UInt8], _ own: OwnKeyPackage, extensions: [Extension] = [],
        traffic: GroupTraffic = .meeting, _ provider: Crypto
    ) throws(E2EEError) {
        let crypto = try Self.crypto(own.keyPackage.cipherSuite, provider)
        try own.keyPackage.check(crypto)
        try ExtensionList(extensions).checkGroupContext()
        var tree = RatchetTree(own.keyPackage.leafNode)
        try tree.checkCapabilities(ExtensionList(extensions), suite: crypto.suite.rawValue)
        let context = GroupContext(
            cipherSuite: crypto.suite.rawValue, groupID: groupID, epoch: 0, treeHash: tree.treeHash(crypto),
            confirmedTranscriptHash: [], extensions: extensions)
        var keys = PathKeys(leaf: 0)
        keys.set(0, publicKey: own.keyPackage.leafNode.encryptionKey, own.encryptionKey)
        let epochSecret = try provider.randomSecret(crypto.hashByteCount)
        let secrets = KeySchedule(crypto: crypto).epoch(epochSecret: epochSecret)
        self.current = try GroupState(
            crypto, context: context, tree: tree, keys: keys, identity: own.identity, secrets: secrets,
            tag: crypto.mac(secrets.confirmation.secret, []), traffic: traffic)
    }

    /// Joins by Welcome (§12.4.3.1). The key package is used up: its keys are not needed again.
    package init(
        joining welcome: Welcome, _ own: OwnKeyPackage, tree: RatchetTree? = nil,
        preSharedKeys: PreSharedKeys = PreSharedKeys(), origin: GroupOrigin? = nil,
        traffic: GroupTraffic = .meeting, _ provider: Crypto
    ) throws(E2EEError) {
        let crypto = try Self.crypto(welcome.cipherSuite, provider)
        self.current = try GroupState.joining(
            welcome, own, tree: tree, preSharedKeys, origin: origin, traffic: traffic, crypto)
    }

    static func crypto(_ number: UInt16, _ provider: Crypto) throws(E2EEError) -> SuiteCrypto<Crypto> {
        guard let suite = GroupSuite(rawValue: number), Crypto.has(suite) else {
            throw E2EEError(.validation, .unsupported)
        }
        return SuiteCrypto(suite: suite, provider: provider)
    }

    /// The state, for whoever is still a member.
    func state() throws(E2EEError) -> GroupState<Crypto> {
        guard let state = self.current else { throw E2EEError(.usage, .closed) }
        return state
    }

    /// Changes the state in place, for whoever is still a member of a group that no ReInit closed.
    private mutating func change<Result: ~Copyable>(
        _ body: (inout GroupState<Crypto>) throws(E2EEError) -> Result
    ) throws(E2EEError) -> Result {
        guard var state = self.current, state.reInit == nil else { throw E2EEError(.usage, .closed) }
        let result = try body(&state)
        self.current = state
        return result
    }

    /// Forgets something, in a closed group too.
    mutating func changeAlways(_ body: (inout GroupState<Crypto>) -> Void) throws(E2EEError) {
        var state = try self.state()
        body(&state)
        self.current = state
    }

    /// Whether we are a member.
    package var isMember: Bool { self.current != nil }

    // MARK: Receiving

    /// Opens a message of this epoch. An application message is done with then, a proposal is kept; a Commit goes on to
    /// `validate`. When it throws, nothing has changed.
    package mutating func receive(_ message: MLSMessage) throws(E2EEError) -> Received {
        try self.change { (state: inout GroupState<Crypto>) throws(E2EEError) -> Received in
            let opened = try state.open(message)
            switch (opened.content.content, opened.content.sender) {
            case (.application(let bytes), .member(let leaf)):
                return .application(leaf: leaf, bytes: bytes, authenticatedData: opened.content.authenticatedData)
            case (.proposal, _): return .proposal(try state.keep(opened))
            case (.commit, _): return .commit(VerifiedCommit(message: opened))
            case (.application, _): throw E2EEError(.validation, .sender)
            }
        }
    }

    /// What a Commit would change (§12.4.2). Nothing changes yet.
    package borrowing func validate(
        _ commit: VerifiedCommit, preSharedKeys: PreSharedKeys = PreSharedKeys()
    ) throws(E2EEError) -> StagedCommit<Crypto> {
        let state = try self.state()
        guard state.reInit == nil else { throw E2EEError(.usage, .closed) }
        return try state.validate(commit.message, preSharedKeys)
    }

    /// Puts a Commit into force. Everything of the old epoch is gone with it, and the group itself if we are removed.
    package mutating func adopt(_ staged: consuming StagedCommit<Crypto>) throws(E2EEError) {
        guard staged.basis == (try self.state().interimTranscriptHash) else { throw E2EEError(.usage, .wrongEpoch) }
        self.current = staged.next
    }

    /// Puts a Commit of our own into force, once the delivery service has accepted it.
    package mutating func adopt(_ pending: consuming PendingCommit<Crypto>) throws(E2EEError) {
        try self.adopt(pending.staged)
    }

    // MARK: Sending

    /// Makes a Commit. It is in force for nobody, also not for us, until it is adopted.
    package mutating func commit(_ plan: CommitPlan) throws(E2EEError) -> PendingCommit<Crypto> {
        try self.change { (state: inout GroupState<Crypto>) throws(E2EEError) -> PendingCommit<Crypto> in
            try state.commit(plan)
        }
    }

    /// Proposes a change. No Update of our own, which would blank our path (`e2ee.md` 17): an empty Commit renews keys.
    package mutating func propose(
        _ proposal: Proposal, _ wireFormat: WireFormat = .publicMessage, _ padding: Padding = .buckets,
        authenticatedData: [UInt8] = []
    ) throws(E2EEError) -> MLSMessage {
        try self.change { (state: inout GroupState<Crypto>) throws(E2EEError) -> MLSMessage in
            try state.propose(proposal, wireFormat, padding, authenticatedData)
        }
    }

    /// Encrypts bytes of the application to all members.
    package mutating func seal(
        _ bytes: [UInt8], _ padding: Padding = .buckets, authenticatedData: [UInt8] = []
    ) throws(E2EEError) -> MLSMessage {
        try self.change { (state: inout GroupState<Crypto>) throws(E2EEError) -> MLSMessage in
            try state.seal(bytes, padding, authenticatedData)
        }
    }

    /// Forgets the proposals that wait, such as those of joiners who gave up.
    package mutating func dropProposals(where isDropped: (ResolvedProposal) -> Bool) throws(E2EEError) {
        try self.change { (state: inout GroupState<Crypto>) throws(E2EEError) in
            state.proposals.removeAll(where: isDropped)
        }
    }
}
