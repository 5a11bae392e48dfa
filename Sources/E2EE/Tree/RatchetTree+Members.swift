/// How proposals change the tree (RFC 9420 §12.1.1 to §12.1.3).
extension RatchetTree {
    /// Where the next member will sit: the leftmost blank leaf, in a larger tree if there is none.
    mutating func nextFreeLeaf() throws(E2EEError) -> UInt32 {
        for leaf in 0..<UInt32(self.leafCount) where self.nodes[2 * Int(leaf)] == nil { return leaf }
        guard self.leafCount < Self.leafCountMax else { throw E2EEError(.validation, .tree) }
        let leaf = UInt32(self.leafCount)
        self.extend()
        return leaf
    }

    /// Seats a new member, who knows the private key of no parent yet.
    mutating func add(_ leafNode: LeafNode) throws(E2EEError) -> UInt32 {
        let leaf = try self.nextFreeLeaf()
        for node in TreeMath.directPath(2 * Int(leaf), leaves: self.leafCount) {
            guard var parent = self.parent(node) else { continue }
            let at = parent.unmergedLeaves.firstIndex { $0 > leaf } ?? parent.unmergedLeaves.endIndex
            parent.unmergedLeaves.insert(leaf, at: at)
            self.set(node, .parent(parent))
        }
        self.set(2 * Int(leaf), .leaf(leafNode))
        return leaf
    }

    /// Replaces a member's leaf; the parents above it are blank then. Where nobody is, nothing changes.
    mutating func update(_ leaf: UInt32, _ leafNode: LeafNode) {
        guard self.leaf(leaf) != nil else { return }
        self.blankPath(leaf)
        self.set(2 * Int(leaf), .leaf(leafNode))
    }

    /// Removes a member; the tree shrinks when its right half is empty. Where nobody is, nothing changes: after an earlier
    /// removal the leaf may not even be in the tree any more.
    mutating func remove(_ leaf: UInt32) {
        guard self.leaf(leaf) != nil else { return }
        self.blankPath(leaf)
        self.set(2 * Int(leaf), nil)
        self.truncate()
    }

    mutating func blankPath(_ leaf: UInt32) {
        for node in TreeMath.directPath(2 * Int(leaf), leaves: self.leafCount) { self.set(node, nil) }
    }

    /// Every encryption key in the tree.
    package var encryptionKeys: [[UInt8]] { self.nodes.compactMap { $0?.encryptionKey } }

    /// The leaf with this signature key.
    func leaf(withSignatureKey key: [UInt8]) -> UInt32? {
        self.members.first { self.leaf($0)?.signatureKey == key }
    }
}
