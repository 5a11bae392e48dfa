internal import Wire

extension GroupState {
    /// Tries a Commit whose signature was verified (RFC 9420 §12.4.2). The answer changes nothing until it is adopted.
    func validate(
        _ message: AuthenticatedContent, _ preSharedKeys: PreSharedKeys
    ) throws(E2EEError) -> StagedCommit<Crypto> {
        guard case .commit(let commit) = message.content.content, let tag = message.auth.confirmationTag else {
            throw E2EEError(.validation, .sender)
        }
        guard message.content.sender != .member(self.ownLeaf) else { throw E2EEError(.usage, .own) }
        let sender = message.content.sender
        let byteCount = message.content.encoded.count
        try CommitLimits.check(commit, byteCount: byteCount)
        let list = ProposalList(crypto: self.crypto, items: try self.resolve(commit, by: sender))
        let basis = ProposalList<Crypto>.Basis(tree: self.tree, context: self.context, purpose: .ordinary)
        try list.check(basis, committer: sender)
        var effects = try ProposalEffects(list.items, tree: self.tree, extensions: self.context.extensions)
        guard commit.path != nil || !list.needsPath else { throw E2EEError(.validation, .pathShape) }

        let committer = try self.committerLeaf(sender, &effects)
        var context = self.context
        context.extensions = effects.extensions
        context.epoch = try self.nextEpoch()
        let removesUs = effects.removed.contains(self.ownLeaf)
        func report(_ context: GroupContext, _ tree: RatchetTree) -> CommitReport {
            let joined = sender.type == .newMemberCommit ? [committer] : []
            return CommitReport(
                sender: sender, committer: committer, authenticatedData: message.content.authenticatedData,
                proposals: list.items, added: effects.addedLeaves + joined, removed: effects.removed,
                updated: effects.updated, pathLeaf: commit.path?.leafNode,
                byteCount: byteCount, hasPath: commit.path != nil, removesUs: removesUs,
                context: context,
                tree: tree, reInit: effects.reInit)
        }
        if removesUs {
            // Whoever goes cannot compute the next epoch, so this Commit's tag stays unchecked here (§12.4.2, end).
            return StagedCommit(
                report: report(context, effects.tree), next: nil, basis: self.interimTranscriptHash)
        }

        // We propose no Updates, so we have no key for one that is said to be ours.
        guard !effects.updated.contains(self.ownLeaf) else { throw E2EEError(.usage, .unknown) }
        var keys = self.keys
        var tree = effects.tree
        var commitSecret = self.crypto.zeros
        if let path = commit.path {
            try self.check(path, from: committer, in: tree)
            let follower = PathFollower(crypto: self.crypto)
            try follower.merge(path, from: committer, into: &tree)
            try self.check(tree, context)
            context.treeHash = tree.treeHash(self.crypto)
            let outcome = try follower.follow(
                path, from: committer, in: tree, without: effects.addedLeaves, keys: keys, context)
            keys = outcome.keys
            commitSecret = outcome.commitSecret
        } else {
            try self.check(tree, context)
            context.treeHash = tree.treeHash(self.crypto)
            keys.prune(tree)
        }

        let epoch = try self.advance(
            message, &context, effects, commitSecret: commitSecret,
            initSecret: try self.initSecret(effects), preSharedKeys)
        guard equalInConstantTime(epoch.tag, tag) else { throw E2EEError(.validation, .tag, leaf: committer) }
        var next = try GroupState(
            self.crypto, context: context, tree: tree, keys: keys, identity: self.identity, secrets: epoch.secrets,
            tag: epoch.tag, traffic: self.traffic, resumption: self.resumption)
        next.reInit = effects.reInit
        next.isReplayed = self.isReplayed
        return StagedCommit(report: report(context, tree), next: next, basis: self.interimTranscriptHash)
    }

    /// Where the committer sits: a member keeps its leaf, a joiner gets the leftmost free one.
    func committerLeaf(_ sender: Sender, _ effects: inout ProposalEffects) throws(E2EEError) -> UInt32 {
        switch sender {
        case .member(let leaf): leaf
        case .newMemberCommit: try effects.tree.nextFreeLeaf()
        case .external, .newMemberProposal: throw E2EEError(.validation, .sender)
        }
    }

    func nextEpoch() throws(E2EEError) -> UInt64 {
        guard self.context.epoch < UInt64.max else { throw E2EEError(.usage, .wornOut) }
        return self.context.epoch + 1
    }

    /// The rules for a path before it is merged (§12.4.2).
    private func check(_ path: UpdatePath, from committer: UInt32, in tree: RatchetTree) throws(E2EEError) {
        guard path.leafNode.parentHash != nil else { throw E2EEError(.validation, .leafNode, leaf: committer) }
        let place = LeafPlace(groupID: self.context.groupID, leaf: committer)
        guard path.leafNode.isSigned(place, self.crypto) else {
            throw E2EEError(.validation, .signature, leaf: committer)
        }
        var keys = Set(tree.encryptionKeys.map(KeyBytes.init))
        for key in [path.leafNode.encryptionKey] + path.nodes.map({ $0.encryptionKey }) {
            guard keys.insert(KeyBytes(key)).inserted else { throw E2EEError(.validation, .keyReuse, leaf: committer) }
            // Only the committer's side derives the keys below the one we share: the others have but this look at them.
            guard self.crypto.kem.isUsable(key) else { throw E2EEError(.validation, .unusableKey, leaf: committer) }
        }
    }

    /// The rules for the new tree as a whole (§12.2, last).
    func check(_ tree: RatchetTree, _ context: GroupContext) throws(E2EEError) {
        try tree.checkUniqueKeys()
        try tree.checkCapabilities(ExtensionList(context.extensions), suite: context.cipherSuite)
    }

    /// What starts the next epoch: our init secret, or what a joiner encapsulated (§8.3).
    private func initSecret(_ effects: ProposalEffects) throws(E2EEError) -> HeldSecret {
        guard let kemOutput = effects.externalInit else { return self.secrets.initial }
        let pair = try self.crypto.kem.deriveKeyPair(self.secrets.external.secret)
        let receiver = try self.crypto.hpke.receiver(kemOutput, pair.secret)
        return HeldSecret(receiver.export(ExternalInit.exportLabel, count: self.crypto.hashByteCount))
    }

    /// The secrets of the next epoch and what they confirm.
    struct Advance: ~Copyable {
        let secrets: EpochSecrets
        let joinerSecret: Secret
        let memberSecret: Secret
        let tag: [UInt8]
    }

    /// The key schedule of a Commit; fills in the transcript hash.
    func advance(
        _ message: AuthenticatedContent, _ context: inout GroupContext, _ effects: ProposalEffects,
        commitSecret: borrowing Secret, initSecret: HeldSecret, _ preSharedKeys: PreSharedKeys
    ) throws(E2EEError) -> Advance {
        let pskSecret = try PSKSecret(crypto: self.crypto).combine(
            try self.inputs(effects.preSharedKeys, preSharedKeys))
        return GroupEpoch(crypto: self.crypto).advance(
            message, &context, interim: self.interimTranscriptHash, commitSecret: commitSecret,
            initSecret: initSecret.secret, pskSecret: pskSecret)
    }
}

extension ExternalInit {
    /// What the joiner and the group export from their HPKE context (§8.3).
    static var exportLabel: [UInt8] { asciiBytes("MLS 1.0 external init secret") }
}
