/// A joiner's own Commit (RFC 9420 §12.4.3.2), and the group it leads to once the delivery service has accepted it.
package struct ExternalJoin<Crypto: CryptoProvider>: ~Copyable, Sendable {
    /// To be sent.
    package let message: MLSMessage
    private let next: GroupState<Crypto>

    /// What a joiner wants beside joining.
    package struct Plan: Sendable {
        /// An old leaf of ours that goes in the same Commit.
        package var removing: UInt32?
        /// SelfRemoves that wait in the group.
        package var selfRemoves: [PublicMessage] = []
        /// Pre-shared keys to mix in.
        package var names: [PreSharedKeyID] = []
        package var preSharedKeys = PreSharedKeys()
        package var authenticatedData: [UInt8] = []

        /// Just joins.
        package init() {}
    }

    /// Makes the Commit from a GroupInfo with the group's external key, and the tree if it does not bring one.
    package init(
        _ info: GroupInfo, tree apart: RatchetTree? = nil, _ identity: LeafIdentity, _ plan: Plan,
        traffic: GroupTraffic = .meeting, _ provider: Crypto
    ) throws(E2EEError) {
        let crypto = try Group.crypto(info.groupContext.cipherSuite, provider)
        let oldTree = try GroupState.verifiedTree(info, apart, crypto)
        guard let externalPub = try ExtensionList(info.extensions).externalPub() else {
            throw E2EEError(.validation, .extensions)
        }
        let sender = try crypto.hpke.sender(to: externalPub)
        let initSecret = sender.context.export(ExternalInit.exportLabel, count: crypto.hashByteCount)
        let list = ProposalList(
            crypto: crypto, items: try Self.items(plan, kemOutput: sender.encapsulated, info, oldTree, crypto))
        let old = info.groupContext
        try list.check(
            ProposalList.Basis(tree: oldTree, context: old, purpose: .ordinary), committer: .newMemberCommit)

        var effects = try ProposalEffects(list.items, tree: oldTree, extensions: old.extensions)
        let leaf = try effects.tree.nextFreeLeaf()
        guard old.epoch < UInt64.max else { throw E2EEError(.validation, .wornOut) }
        var context = old
        context.epoch = old.epoch + 1
        var tree = effects.tree
        let builder = try PathBuilder(
            &tree, place: LeafPlace(groupID: old.groupID, leaf: leaf),
            identity.leafNode(encryptionKey: [], .update), signatureKey: identity.signatureKey.secret,
            keys: PathKeys(leaf: leaf), crypto)
        try tree.checkUniqueKeys()
        try tree.checkCapabilities(ExtensionList(context.extensions), suite: context.cipherSuite)
        context.treeHash = tree.treeHash(crypto)
        let path = try builder.path(in: tree, without: [], context)

        let content = FramedContent(
            groupID: old.groupID, epoch: old.epoch, sender: .newMemberCommit,
            authenticatedData: plan.authenticatedData,
            content: .commit(Commit(proposals: list.entries, path: path)))
        var message = try MessageSealer(crypto: crypto, context: old)
            .sign(content, .publicMessage, identity.signatureKey.secret)
        let pskSecret = try PSKSecret(crypto: crypto).combine(try Self.inputs(effects, plan))
        let interim = Transcript(crypto: crypto).interim(
            after: old.confirmedTranscriptHash, tag: info.confirmationTag)
        let epoch = GroupEpoch(crypto: crypto).advance(
            message, &context, interim: interim, commitSecret: builder.commitSecret, initSecret: initSecret,
            pskSecret: pskSecret)
        message.auth.confirmationTag = epoch.tag
        let next = try GroupState(
            crypto, context: context, tree: tree, keys: builder.keys, identity: identity, secrets: epoch.secrets,
            tag: epoch.tag, traffic: traffic)
        self.message = .publicMessage(
            PublicMessage(content: message.content, auth: message.auth, membershipTag: nil))
        self.next = next
    }

    /// Our leaf, if it is.
    package var ownLeaf: UInt32 { self.next.ownLeaf }

    /// The state of the group after it, signed by us.
    package borrowing func groupInfo() throws(E2EEError) -> GroupInfo {
        try self.next.groupInfo(hasTree: false, hasExternalPub: true, [])
    }

    /// The group, once the Commit was accepted.
    package consuming func joined() -> Group<Crypto> { Group(self.next) }

    private static func inputs(
        _ effects: ProposalEffects, _ plan: Plan
    ) throws(E2EEError) -> [PSKSecret<Crypto>.Input] {
        var inputs: [PSKSecret<Crypto>.Input] = []
        for id in effects.preSharedKeys {
            guard let key = plan.preSharedKeys.key(id.name) else { throw E2EEError(.usage, .preSharedKey) }
            inputs.append(PSKSecret.Input(id: id, key: key))
        }
        return inputs
    }

    private static func items(
        _ plan: Plan, kemOutput: [UInt8], _ info: GroupInfo, _ tree: RatchetTree, _ crypto: SuiteCrypto<Crypto>
    ) throws(E2EEError) -> [ResolvedProposal] {
        var own: [Proposal] = [.externalInit(ExternalInit(kemOutput: kemOutput))]
        if let leaf = plan.removing { own.append(.remove(Remove(removed: leaf))) }
        own += plan.names.map { .preSharedKey(PreSharedKey(psk: $0)) }
        var items = own.map {
            ResolvedProposal(proposal: $0, sender: .newMemberCommit, reference: nil, authenticatedData: [])
        }
        let sealer = MessageSealer(crypto: crypto, context: info.groupContext)
        for message in plan.selfRemoves {
            // All is checked but the membership tag, which a joiner cannot (draft-ietf-mls-extensions, SelfRemove).
            let content = message.authenticated
            guard case .proposal(.selfRemove) = content.content.content,
                case .member(let leaf) = content.content.sender, let member = tree.leaf(leaf),
                content.content.groupID == info.groupContext.groupID,
                content.content.epoch == info.groupContext.epoch, sealer.isSigned(content, by: member.signatureKey)
            else { throw E2EEError(.validation, .proposalList) }
            items.append(
                ResolvedProposal(
                    proposal: .selfRemove(SelfRemove()), sender: content.content.sender,
                    reference: content.reference(crypto), authenticatedData: content.content.authenticatedData))
        }
        return items
    }
}
