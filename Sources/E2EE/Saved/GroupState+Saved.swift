/// An epoch that is kept, and one that comes of it again (`e2ee.md` 13).
extension GroupState {
    /// What may be kept of this epoch.
    var saved: SavedGroup {
        var keys = self.keys
        keys.prune(self.tree)
        return SavedGroup(
            context: self.context, interimTranscriptHash: self.interimTranscriptHash, tree: self.tree, keys: keys,
            signatureKey: self.identity.signatureKey, initial: self.secrets.initial, external: self.secrets.external,
            membership: self.secrets.membership, resumption: self.resumption)
    }

    /// The epoch again, without what was said in it: proposals and Commits are followed, and nothing can be sealed or opened
    /// here. Checked is what a state can contradict itself in.
    init(restoring saved: SavedGroup, _ provider: Crypto) throws(E2EEError) {
        let crypto = try Group<Crypto>.crypto(saved.context.cipherSuite, provider)
        guard crypto.suite == MeetingProfile.suite else { throw E2EEError(.validation, .unsupported) }
        var tree = saved.tree
        guard let leaf = tree.leaf(saved.keys.leaf), tree.treeHash(crypto) == saved.context.treeHash else {
            throw E2EEError(.validation, .treeHash)
        }
        try tree.checkParents()
        let extensions = ExtensionList(saved.context.extensions)
        try extensions.checkGroupContext()
        try tree.checkCapabilities(extensions, suite: saved.context.cipherSuite)
        guard saved.keys.isConsistent(tree, crypto) else { throw E2EEError(.validation, .tree) }
        let identity = try LeafIdentity(
            crypto.suite, credential: leaf.credential, capabilities: leaf.capabilities, extensions: leaf.extensions,
            signatureKey: saved.signatureKey.secret.duplicate(), provider)
        let own = PreSharedKeyID.Name.resumption(
            .application, groupID: saved.context.groupID, epoch: saved.context.epoch)
        guard identity.signaturePublicKey == leaf.signatureKey, let resumption = saved.resumption.key(own) else {
            throw E2EEError(.validation, .leafNode)
        }
        self.crypto = crypto
        self.traffic = .meeting
        self.context = saved.context
        self.tree = tree
        self.keys = saved.keys
        self.identity = identity
        // The confirmation key has done its work when an epoch has begun.
        let done = HeldSecret(Secret(count: 0) { (_: inout MutableSpan<UInt8>) in })
        self.secrets = EpochSecrets(
            senderData: nil, encryption: nil, exporter: nil, external: saved.external, confirmation: done,
            membership: saved.membership, resumption: resumption, authenticator: nil, initial: saved.initial)
        self.secretTree = SecretTree(emptyOf: tree.leafCount)
        self.interimTranscriptHash = saved.interimTranscriptHash
        self.confirmationTag = []
        self.resumption = saved.resumption
        self.isReplayed = true
    }
}
