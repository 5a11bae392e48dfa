/// The list of proposals of a Commit: whether it is valid (RFC 9420 §12.2, and SelfRemove), and what it changes (§12.3).
struct ProposalList<Crypto: CryptoProvider>: Sendable {
    let crypto: SuiteCrypto<Crypto>
    let items: [ResolvedProposal]

    /// What the list is judged against.
    struct Basis: Sendable {
        let tree: RatchetTree
        let context: GroupContext
        let purpose: GroupPurpose
    }

    /// Throws unless a Commit of `committer` may have this list. What can only be seen in the new tree comes after; how long
    /// the list is comes before.
    func check(_ basis: Basis, committer: Sender) throws(E2EEError) {
        try CommitLimits.check(self.items)
        switch committer {
        case .member(let leaf):
            for item in self.items { try self.check(item, basis, committer: leaf) }
        case .newMemberCommit:
            for item in self.items { try self.checkExternal(item, basis) }
            let starts = self.items.count { $0.proposal.type == .externalInit }
            guard starts == 1, self.items.count(where: { $0.proposal.type == .remove }) <= 1 else {
                throw E2EEError(.validation, .proposalList)
            }
        case .external, .newMemberProposal: throw E2EEError(.validation, .sender)
        }
        try self.checkTogether(basis)
    }

    /// Whether a proposal could stand in anybody's Commit: what is wrong in itself is not even kept, so that nobody can
    /// spoil the Commits of others with it.
    func checkAlone(_ item: ResolvedProposal, _ basis: Basis) throws(E2EEError) {
        try self.check(item, basis, committer: nil)
    }

    /// One proposal in a member's Commit; without a committer, in anybody's.
    private func check(_ item: ResolvedProposal, _ basis: Basis, committer: UInt32?) throws(E2EEError) {
        try Self.checkSender(item)
        switch item.proposal {
        case .add(let add): try add.keyPackage.check(self.crypto)
        case .update(let update):
            guard case .member(let leaf) = item.sender, leaf != committer else {
                throw E2EEError(.validation, .proposalList)
            }
            try self.check(update.leafNode, replacing: leaf, basis)
        case .remove(let remove):
            guard remove.removed != committer, basis.tree.leaf(remove.removed) != nil else {
                throw E2EEError(.validation, .proposalList)
            }
        case .preSharedKey(let key): try self.check(key, basis.purpose)
        case .reInit(let reInit):
            guard self.items.count == 1, reInit.version >= ProtocolVersion.mls10,
                ExtensionList(reInit.extensions).hasNoDuplicates
            else { throw E2EEError(.validation, .proposalList) }
        case .externalInit: throw E2EEError(.validation, .proposalList)
        case .groupContextExtensions(let new): try ExtensionList(new.extensions).checkGroupContext()
        case .selfRemove: try self.checkSelfRemove(item, basis, committer: committer)
        }
    }

    /// One proposal in an external Commit: by value, but for the SelfRemoves that were waiting.
    private func checkExternal(_ item: ResolvedProposal, _ basis: Basis) throws(E2EEError) {
        switch item.proposal {
        case .selfRemove: return try self.checkSelfRemove(item, basis, committer: nil)
        case .externalInit: break
        case .remove(let remove):
            guard basis.tree.leaf(remove.removed) != nil else { throw E2EEError(.validation, .proposalList) }
        case .preSharedKey(let key): try self.check(key, basis.purpose)
        case .add, .update, .reInit, .groupContextExtensions: throw E2EEError(.validation, .proposalList)
        }
        guard item.reference == nil else { throw E2EEError(.validation, .proposalList) }
    }

    /// Who may propose what at all (§6.1, §12.1.8).
    static func checkSender(_ item: ResolvedProposal) throws(E2EEError) {
        let isAllowed =
            switch item.sender {
            case .member: item.proposal.type != .externalInit
            case .external: item.proposal.type.isExternal
            case .newMemberProposal: item.proposal.type == .add
            case .newMemberCommit: item.reference == nil
            }
        guard isAllowed else { throw E2EEError(.validation, .sender) }
    }

    private func check(_ leafNode: LeafNode, replacing leaf: UInt32, _ basis: Basis) throws(E2EEError) {
        guard let old = basis.tree.leaf(leaf), leafNode.source == .update,
            leafNode.encryptionKey != old.encryptionKey
        else { throw E2EEError(.validation, .leafNode, leaf: leaf) }
        guard self.crypto.kem.isUsable(leafNode.encryptionKey) else {
            throw E2EEError(.validation, .unusableKey, leaf: leaf)
        }
        guard leafNode.isSigned(LeafPlace(groupID: basis.context.groupID, leaf: leaf), self.crypto) else {
            throw E2EEError(.validation, .signature, leaf: leaf)
        }
    }

    /// §12.1.4: the nonce's length, and resumption of other groups only in a group's first Commit.
    private func check(_ key: PreSharedKey, _ purpose: GroupPurpose) throws(E2EEError) {
        guard key.psk.nonce.count == self.crypto.hashByteCount else { throw E2EEError(.validation, .preSharedKey) }
        guard case .resumption(let usage, _, _) = key.psk.name, usage != .application else { return }
        guard purpose.usage == usage else { throw E2EEError(.validation, .preSharedKey) }
    }

    /// Only by reference, since whoever leaves has signed it, and never the committer's own.
    private func checkSelfRemove(
        _ item: ResolvedProposal, _ basis: Basis, committer: UInt32?
    ) throws(E2EEError) {
        guard item.reference != nil, case .member(let leaf) = item.sender, leaf != committer,
            basis.tree.leaf(leaf) != nil
        else { throw E2EEError(.validation, .proposalList) }
    }

    /// What the proposals may not be to each other.
    private func checkTogether(_ basis: Basis) throws(E2EEError) {
        var leaves: Set<UInt32> = []
        var added: Set<[UInt8]> = []
        var keys: Set<[UInt8]> = []
        var references: Set<[UInt8]> = []
        for item in self.items {
            if let leaf = item.affectedLeaf, !leaves.insert(leaf).inserted {
                throw E2EEError(.validation, .proposalList)
            }
            if let reference = item.reference, !references.insert(reference).inserted {
                throw E2EEError(.validation, .proposalList)
            }
            switch item.proposal {
            case .add(let add):
                guard added.insert(add.keyPackage.leafNode.signatureKey).inserted else {
                    throw E2EEError(.validation, .proposalList)
                }
            case .preSharedKey(let key):
                guard keys.insert(key.psk.encoded).inserted else { throw E2EEError(.validation, .proposalList) }
            default: break
            }
        }
        guard self.items.count(where: { $0.proposal.type == .groupContextExtensions }) <= 1 else {
            throw E2EEError(.validation, .proposalList)
        }
        try self.checkSupport(basis, without: leaves)
    }

    /// Whoever processes the Commit knows its proposals: everybody but those it removes (§12.2).
    private func checkSupport(_ basis: Basis, without leaves: Set<UInt32>) throws(E2EEError) {
        let types = Set(self.items.map { $0.proposal.type }).filter { !$0.isDefault }
        guard !types.isEmpty else { return }
        for leaf in basis.tree.members where !leaves.contains(leaf) {
            guard let member = basis.tree.leaf(leaf),
                types.allSatisfy({ member.capabilities.supports(proposalType: $0.rawValue) })
            else { throw E2EEError(.validation, .capabilities, leaf: leaf) }
        }
    }

    /// Whether the Commit must have a path (§12.4).
    var needsPath: Bool { self.items.isEmpty || self.items.contains { $0.proposal.type.needsPath } }
}
