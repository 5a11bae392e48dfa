/// What a valid list of proposals makes of a group, before the committer's path (RFC 9420 §12.3).
struct ProposalEffects: Sendable {
    var tree: RatchetTree
    var extensions: [Extension]
    /// New members in the order of their Adds, with their key packages.
    var added: [(leaf: UInt32, keyPackage: KeyPackage)] = []
    var removed: [UInt32] = []
    var updated: [UInt32] = []
    var preSharedKeys: [PreSharedKeyID] = []
    var externalInit: [UInt8]?
    var reInit: ReInit?

    /// Applies the list in the order of §12.3; SelfRemove comes after Update and before Remove.
    init(_ items: [ResolvedProposal], tree: RatchetTree, extensions: [Extension]) throws(E2EEError) {
        self.tree = tree
        self.extensions = extensions
        for item in items {
            switch (item.proposal, item.sender) {
            case (.groupContextExtensions(let new), _): self.extensions = new.extensions
            case (.update(let update), .member(let leaf)):
                self.tree.update(leaf, update.leafNode)
                self.updated.append(leaf)
            case (.preSharedKey(let key), _): self.preSharedKeys.append(key.psk)
            case (.externalInit(let start), _): self.externalInit = start.kemOutput
            case (.reInit(let reInit), _): self.reInit = reInit
            default: break
            }
        }
        for item in items where item.proposal.type == .selfRemove || item.proposal.type == .remove {
            guard let leaf = item.affectedLeaf else { continue }
            self.tree.remove(leaf)
            self.removed.append(leaf)
        }
        for item in items {
            guard case .add(let add) = item.proposal else { continue }
            let leaf = try self.tree.add(add.keyPackage.leafNode)
            self.added.append((leaf, add.keyPackage))
        }
    }

    /// Leaves of the new members.
    var addedLeaves: [UInt32] { self.added.map { $0.leaf } }
}
