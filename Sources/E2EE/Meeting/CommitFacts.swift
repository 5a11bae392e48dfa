/// What `authorise` looks at in a Commit. The engine's report has all of it; everything else about the new epoch follows
/// from it and from the old one.
package struct CommitFacts: Sendable {
    package var sender: Sender
    package var authenticatedData: [UInt8]
    /// Every proposal, with its origin.
    package var proposals: [ResolvedProposal]
    /// The committer's leaf as its path has it; nothing without a path.
    package var pathLeaf: LeafNode?
    /// Bytes of the Commit.
    package var byteCount: Int

    /// From its fields.
    package init(
        sender: Sender, authenticatedData: [UInt8], proposals: [ResolvedProposal], pathLeaf: LeafNode?,
        byteCount: Int = 0
    ) {
        self.sender = sender
        self.authenticatedData = authenticatedData
        self.proposals = proposals
        self.pathLeaf = pathLeaf
        self.byteCount = byteCount
    }

    /// From what the engine found.
    package init(_ report: CommitReport) {
        self.init(
            sender: report.sender, authenticatedData: report.authenticatedData, proposals: report.proposals,
            pathLeaf: report.pathLeaf, byteCount: report.byteCount)
    }

    var added: [KeyPackage] {
        self.proposals.compactMap { if case .add(let add) = $0.proposal { add.keyPackage } else { nil } }
    }

    var removed: [UInt32] {
        self.proposals.compactMap { item in
            switch (item.proposal, item.sender) {
            case (.remove(let remove), _): remove.removed
            case (.selfRemove, .member(let leaf)): leaf
            default: nil
            }
        }
    }

    /// The leaf that a `resync` takes the place of.
    var ownRemoval: UInt32? {
        for item in self.proposals {
            if case .remove(let remove) = item.proposal, item.sender == .newMemberCommit { return remove.removed }
        }
        return nil
    }

    /// The new extensions of the context, if they change.
    var extensions: [Extension]? {
        for case .groupContextExtensions(let new) in self.proposals.map({ $0.proposal }) { return new.extensions }
        return nil
    }

    var preSharedKeys: [PreSharedKeyID] {
        self.proposals.compactMap { if case .preSharedKey(let key) = $0.proposal { key.psk } else { nil } }
    }
}
