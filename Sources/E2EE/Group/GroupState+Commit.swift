extension GroupState {
    /// Makes a Commit (RFC 9420 §12.4.1). This state stays as it is, but for the generation that a PrivateMessage uses up.
    mutating func commit(_ plan: CommitPlan) throws(E2EEError) -> PendingCommit<Crypto> {
        let list = try self.list(plan)
        let sender = Sender.member(self.ownLeaf)
        let basis = ProposalList<Crypto>.Basis(tree: self.tree, context: self.context, purpose: plan.purpose)
        try list.check(basis, committer: sender)
        let effects = try ProposalEffects(list.items, tree: self.tree, extensions: self.context.extensions)
        if let now = plan.now {
            guard effects.added.allSatisfy({ $0.keyPackage.isCurrent(now) }) else {
                throw E2EEError(.validation, .keyPackage)
            }
        }
        var context = self.context
        context.extensions = effects.extensions
        context.epoch = try self.nextEpoch()

        let draft = try self.draft(plan, list, effects, &context)
        let framed = FramedContent(
            groupID: self.context.groupID, epoch: self.context.epoch, sender: sender,
            authenticatedData: plan.authenticatedData,
            content: .commit(Commit(proposals: list.entries, path: draft.path)))
        var message = try self.sealer.sign(framed, plan.wireFormat, self.identity.signatureKey.secret)
        let epoch = try self.advance(
            message, &context, effects, commitSecret: draft.commitSecret, initSecret: self.secrets.initial,
            plan.preSharedKeys)
        message.auth.confirmationTag = epoch.tag

        var next = try GroupState(
            self.crypto, context: context, tree: draft.tree, keys: draft.keys,
            identity: plan.identity ?? self.identity, secrets: epoch.secrets, tag: epoch.tag, traffic: self.traffic,
            resumption: self.resumption)
        next.reInit = effects.reInit
        let welcome = try next.welcome(
            plan, effects, draft.pathSecrets, joinerSecret: epoch.joinerSecret, memberSecret: epoch.memberSecret)
        let report = CommitReport(
            sender: sender, committer: self.ownLeaf, authenticatedData: plan.authenticatedData,
            proposals: list.items, added: effects.addedLeaves, removed: effects.removed, updated: effects.updated,
            pathLeaf: draft.path?.leafNode, byteCount: framed.encoded.count, hasPath: draft.path != nil,
            removesUs: false, context: context, tree: draft.tree, reInit: effects.reInit)
        return PendingCommit(
            message: try self.frame(message, plan.padding), welcome: welcome,
            staged: StagedCommit(report: report, next: next, basis: self.interimTranscriptHash))
    }

    /// The proposals of a Commit of ours: those waiting that the plan wants, then ours by value.
    private func list(_ plan: CommitPlan) throws(E2EEError) -> ProposalList<Crypto> {
        var items: [ResolvedProposal] = []
        let references =
            switch plan.waiting {
            case .only(let references): references
            }
        for reference in references {
            guard let item = self.proposals.first(where: { $0.reference == reference }) else {
                throw E2EEError(.usage, .unknown)
            }
            items.append(item)
        }
        items += plan.proposals.map {
            ResolvedProposal(
                proposal: $0, sender: .member(self.ownLeaf), reference: nil, authenticatedData: [])
        }
        return ProposalList(crypto: self.crypto, items: items)
    }

    /// The new tree with the committer's path, if there is one.
    private struct Draft: ~Copyable {
        var tree: RatchetTree
        var keys: PathKeys
        var path: UpdatePath?
        /// The secret each new member gets in its Welcome.
        var pathSecrets: [HeldSecret?]
        var commitSecret: Secret
    }

    private func draft(
        _ plan: CommitPlan, _ list: ProposalList<Crypto>, _ effects: ProposalEffects, _ context: inout GroupContext
    ) throws(E2EEError) -> Draft {
        var tree = effects.tree
        let isPathless = plan.path == .whenNeeded && !list.needsPath && plan.identity == nil
        guard !isPathless, let leafNode = tree.leaf(self.ownLeaf) else {
            var keys = self.keys
            keys.prune(tree)
            try self.check(tree, context)
            context.treeHash = tree.treeHash(self.crypto)
            return Draft(
                tree: tree, keys: keys, path: nil, pathSecrets: effects.added.map { _ in nil },
                commitSecret: self.crypto.zeros)
        }
        let identity = plan.identity ?? self.identity
        let place = LeafPlace(groupID: context.groupID, leaf: self.ownLeaf)
        let builder = try PathBuilder(
            &tree, place: place,
            plan.identity.map { $0.leafNode(encryptionKey: [], .update) } ?? leafNode,
            signatureKey: identity.signatureKey.secret, keys: self.keys, self.crypto)
        try self.check(tree, context)
        context.treeHash = tree.treeHash(self.crypto)
        let path = try builder.path(in: tree, without: effects.addedLeaves, context)
        var pathSecrets: [HeldSecret?] = []
        for leaf in effects.addedLeaves { pathSecrets.append(builder.secret(for: leaf)) }
        return Draft(
            tree: tree, keys: builder.keys, path: path, pathSecrets: pathSecrets,
            commitSecret: builder.commitSecret.duplicate())
    }

    /// A GroupInfo of this epoch, signed by us (§12.4.3).
    func groupInfo(hasTree: Bool, hasExternalPub: Bool, _ extensions: [Extension]) throws(E2EEError) -> GroupInfo {
        // The tag of an epoch that was kept is not known any more.
        guard !self.confirmationTag.isEmpty else { throw E2EEError(.usage, .closed) }
        var all = extensions
        if hasTree {
            all.append(Extension(type: ExtensionList.Number.ratchetTree, data: self.tree.encoded))
        }
        if hasExternalPub {
            let pair = try self.crypto.kem.deriveKeyPair(self.secrets.external.secret)
            all.append(
                Extension(type: ExtensionList.Number.externalPub, data: ExternalPub(externalPub: pair.bytes).encoded))
        }
        guard ExtensionList(all).hasNoDuplicates else { throw E2EEError(.usage, .extensions) }
        var info = GroupInfo(
            groupContext: self.context, extensions: all, confirmationTag: self.confirmationTag, signer: self.ownLeaf)
        try info.sign(self.identity.signatureKey.secret, self.crypto)
        return info
    }

    /// The Welcome for the members that a Commit adds. This is the state after it.
    private func welcome(
        _ plan: CommitPlan, _ effects: ProposalEffects, _ pathSecrets: [HeldSecret?],
        joinerSecret: borrowing Secret, memberSecret: borrowing Secret
    ) throws(E2EEError) -> Welcome? {
        guard !effects.added.isEmpty else { return nil }
        let info = try self.groupInfo(
            hasTree: plan.welcomeHasTree, hasExternalPub: true, plan.groupInfoExtensions)
        let schedule = KeySchedule(crypto: self.crypto)
        let key = schedule.welcomeKey(schedule.welcomeSecret(memberSecret: memberSecret))
        let sealed = try self.crypto.seal(key.key.secret, nonce: key.nonce, aad: [], info.encoded)
        let joiner = HeldSecret(joinerSecret.duplicate())
        var secrets: [EncryptedGroupSecrets] = []
        for (added, held) in zip(effects.added, pathSecrets) {
            let plaintext = GroupSecrets(
                joinerSecret: joiner, pathSecret: held.map { PathSecret($0) }, psks: effects.preSharedKeys
            ).toSeal
            let encrypted = try self.crypto.encrypt(
                to: added.keyPackage.initKey, asciiBytes("Welcome"), sealed, secret: plaintext)
            secrets.append(
                EncryptedGroupSecrets(
                    newMember: added.keyPackage.reference(self.crypto), encryptedGroupSecrets: encrypted))
        }
        return Welcome(cipherSuite: self.crypto.suite.rawValue, secrets: secrets, encryptedGroupInfo: sealed)
    }
}

extension ProposalList {
    /// The list as a Commit has it.
    var entries: [ProposalOrRef] {
        self.items.map { item in item.reference.map { .reference($0) } ?? .proposal(item.proposal) }
    }
}
