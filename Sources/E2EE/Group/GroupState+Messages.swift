extension GroupState {
    /// Puts a signed message of ours into the form it travels in.
    mutating func frame(_ message: AuthenticatedContent, _ padding: Padding) throws(E2EEError) -> MLSMessage {
        guard message.wireFormat == .privateMessage else {
            return .publicMessage(self.sealer.seal(public: message, membership: self.secrets.membership.secret))
        }
        let type = message.content.content.type
        guard self.traffic.has(type, authenticatedData: message.content.authenticatedData) else {
            throw E2EEError(.usage, .sender)
        }
        guard !self.isReplayed, let senderData = self.secrets.senderData else { throw E2EEError(.usage, .wornOut) }
        let (generation, key) = try self.secretTree.next(self.ownLeaf, type, self.crypto)
        return .privateMessage(
            try self.sealer.seal(
                private: message, leaf: self.ownLeaf, generation: generation, key,
                senderData: senderData.secret, padding))
    }

    /// A message's content, after every check of RFC 9420 §6: group, epoch, tags, signature. The keys it used are gone;
    /// when anything is wrong, nothing has changed.
    mutating func open(_ message: MLSMessage) throws(E2EEError) -> AuthenticatedContent {
        let content: AuthenticatedContent
        var secretTree = self.secretTree
        switch message {
        case .publicMessage(let message):
            try self.checkPlace(message.content.groupID, message.content.epoch)
            guard message.content.content.type != .application else { throw E2EEError(.validation, .sender) }
            content = try self.sealer.open(message, membership: self.secrets.membership.secret)
        case .privateMessage(let message):
            try self.checkPlace(message.groupID, message.epoch)
            guard self.traffic.has(message.contentType, authenticatedData: message.authenticatedData) else {
                throw E2EEError(.validation, .sender)
            }
            guard let senderData = self.secrets.senderData else { throw E2EEError(.validation, .generation) }
            let data = try self.sealer.senderData(of: message, senderData.secret)
            guard self.tree.leaf(data.leafIndex) != nil else { throw E2EEError(.validation, .sender) }
            let key = try secretTree.take(data.leafIndex, message.contentType, data.generation, self.crypto)
            content = try self.sealer.open(message, data, key)
        case .welcome, .groupInfo, .keyPackage: throw E2EEError(.usage, .unsupported)
        }
        guard self.sealer.isSigned(content, by: try self.signatureKey(of: content.content)) else {
            throw E2EEError(.validation, .signature)
        }
        self.secretTree = secretTree
        return content
    }

    private func checkPlace(_ groupID: [UInt8], _ epoch: UInt64) throws(E2EEError) {
        guard groupID == self.context.groupID else { throw E2EEError(.validation, .wrongGroup) }
        guard epoch == self.context.epoch else { throw E2EEError(.validation, .wrongEpoch) }
    }

    /// Keeps a proposal for a later Commit. What can be seen to be wrong already is refused now.
    mutating func keep(_ message: AuthenticatedContent) throws(E2EEError) -> ResolvedProposal {
        guard case .proposal(let proposal) = message.content.content else { throw E2EEError(.usage, .unsupported) }
        let item = ResolvedProposal(
            proposal: proposal, sender: message.content.sender, reference: message.reference(self.crypto),
            authenticatedData: message.content.authenticatedData)
        try ProposalList(crypto: self.crypto, items: [item]).checkAlone(
            item, ProposalList.Basis(tree: self.tree, context: self.context, purpose: .ordinary))
        if proposal.type == .selfRemove, message.wireFormat != .publicMessage {
            // A joiner by external Commit has to be able to read it (draft-ietf-mls-extensions).
            throw E2EEError(.validation, .sender)
        }
        guard !self.proposals.contains(where: { $0.reference == item.reference }) else { return item }
        guard self.proposals.count < Self.proposalsMax else { throw E2EEError(.validation, .proposalList) }
        self.proposals.append(item)
        return item
    }

    /// More proposals than this in one epoch are somebody's mischief: 512 removals and 128 Adds are the most a Commit
    /// has (`e2ee.md` 4.1), with room for Updates.
    static var proposalsMax: Int { 2_048 }

    /// Signs a proposal of ours, keeps it, and frames it.
    mutating func propose(
        _ proposal: Proposal, _ wireFormat: WireFormat, _ padding: Padding, _ authenticatedData: [UInt8]
    ) throws(E2EEError) -> MLSMessage {
        let content = FramedContent(
            groupID: self.context.groupID, epoch: self.context.epoch, sender: .member(self.ownLeaf),
            authenticatedData: authenticatedData, content: .proposal(proposal))
        let signed = try self.sealer.sign(content, wireFormat, self.identity.signatureKey.secret)
        _ = try self.keep(signed)
        return try self.frame(signed, padding)
    }

    /// Encrypts bytes of the application.
    mutating func seal(
        _ bytes: [UInt8], _ padding: Padding, _ authenticatedData: [UInt8]
    ) throws(E2EEError) -> MLSMessage {
        let content = FramedContent(
            groupID: self.context.groupID, epoch: self.context.epoch, sender: .member(self.ownLeaf),
            authenticatedData: authenticatedData, content: .application(bytes))
        return try self.frame(
            try self.sealer.sign(content, .privateMessage, self.identity.signatureKey.secret), padding)
    }
}
