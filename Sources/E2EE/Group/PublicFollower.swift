/// Follows a group from outside: which tree its Commits lead to. It knows no secret and checks no signature, for what it
/// finds is compared with a signed GroupInfo by its hash (`e2ee.md` 5, rule 3); only so can a joiner with an old snapshot
/// of the tree get the one its Welcome speaks of.
package struct PublicFollower<Crypto: CryptoProvider>: Sendable {
    private let crypto: SuiteCrypto<Crypto>
    private let groupID: [UInt8]
    private var extensions: [Extension]
    private var proposals: [[UInt8]: ResolvedProposal] = [:]
    /// The tree as it stands.
    package private(set) var tree: RatchetTree
    /// The epoch it belongs to.
    package private(set) var epoch: UInt64

    /// Starts at a snapshot.
    package init(tree: RatchetTree, _ context: GroupContext, _ provider: Crypto) throws(E2EEError) {
        self.crypto = try Group.crypto(context.cipherSuite, provider)
        self.groupID = context.groupID
        self.extensions = context.extensions
        self.tree = tree
        self.epoch = context.epoch
    }

    /// Takes the next message of the log. Messages of earlier epochs and of the application change nothing; when it
    /// throws, nothing has changed.
    package mutating func follow(_ message: MLSMessage) throws(E2EEError) {
        guard case .publicMessage(let message) = message, message.content.groupID == self.groupID,
            message.content.epoch >= self.epoch
        else { return }
        guard message.content.epoch == self.epoch else { throw E2EEError(.validation, .wrongEpoch) }
        let content = message.authenticated
        switch content.content.content {
        case .application: return
        case .proposal(let proposal):
            guard self.proposals.count < GroupState<Crypto>.proposalsMax else {
                throw E2EEError(.validation, .proposalList)
            }
            let reference = content.reference(self.crypto)
            self.proposals[reference] = ResolvedProposal(
                proposal: proposal, sender: content.content.sender, reference: reference,
                authenticatedData: content.content.authenticatedData)
        case .commit(let commit): try self.follow(commit, by: content.content.sender)
        }
    }

    private mutating func follow(_ commit: Commit, by sender: Sender) throws(E2EEError) {
        guard commit.proposals.count <= CommitLimits.entries else { throw E2EEError(.validation, .limit) }
        var items: [ResolvedProposal] = []
        for entry in commit.proposals {
            switch entry {
            case .proposal(let proposal):
                items.append(
                    ResolvedProposal(proposal: proposal, sender: sender, reference: nil, authenticatedData: []))
            case .reference(let reference):
                guard let item = self.proposals[reference] else { throw E2EEError(.validation, .unknown) }
                items.append(item)
            }
        }
        try CommitLimits.check(items)
        var leaves: Set<UInt32> = []
        for item in items {
            // The tree is indexed by what stands here: nothing outside it may be named, and nothing twice, for the first of
            // two removals may take the leaf out of the tree.
            guard let leaf = item.affectedLeaf else { continue }
            guard self.tree.leaf(leaf) != nil, leaves.insert(leaf).inserted else {
                throw E2EEError(.validation, .proposalList)
            }
        }
        var effects = try ProposalEffects(items, tree: self.tree, extensions: self.extensions)
        let committer: UInt32
        switch sender {
        case .member(let leaf): committer = leaf
        case .newMemberCommit:
            // Without a path nobody would sit in the leaf that is found here.
            guard commit.path != nil else { throw E2EEError(.validation, .pathShape) }
            committer = try effects.tree.nextFreeLeaf()
        case .external, .newMemberProposal: throw E2EEError(.validation, .sender)
        }
        guard self.epoch < UInt64.max else { throw E2EEError(.validation, .wornOut) }
        if let path = commit.path {
            guard sender.type != .member || effects.tree.leaf(committer) != nil else {
                throw E2EEError(.validation, .sender)
            }
            try PathFollower(crypto: self.crypto).merge(path, from: committer, into: &effects.tree)
        }
        self.tree = effects.tree
        self.extensions = effects.extensions
        self.epoch += 1
        self.proposals = [:]
    }
}
