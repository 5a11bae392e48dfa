/// Tree hashes (RFC 9420 §7.8) and parent hashes (§7.9).
extension RatchetTree {
    /// The hash of the whole tree.
    mutating func treeHash(_ crypto: SuiteCrypto<some CryptoProvider>) -> [UInt8] { self.hash(self.root, crypto) }

    /// The hash of the subtree under `node`.
    mutating func hash(_ node: Int, _ crypto: SuiteCrypto<some CryptoProvider>) -> [UInt8] {
        if !self.hashes[node].isEmpty { return self.hashes[node] }
        let children: (left: [UInt8], right: [UInt8])? =
            if let left = TreeMath.left(node), let right = TreeMath.right(node) {
                (self.hash(left, crypto), self.hash(right, crypto))
            } else {
                nil
            }
        let hash = self.nodeHash(node, self.nodes[node], children, crypto)
        self.hashes[node] = hash
        return hash
    }

    /// The hash of the subtree under `node` as it was before `absent`, in increasing order, were added: they are blank, and
    /// no node has them as unmerged.
    mutating func hash(
        _ node: Int, without absent: ArraySlice<UInt32>, _ crypto: SuiteCrypto<some CryptoProvider>
    ) -> [UInt8] {
        let absent = absent.sorted(within: TreeMath.leaves(under: node))
        guard !absent.isEmpty else { return self.hash(node, crypto) }
        guard let left = TreeMath.left(node), let right = TreeMath.right(node) else {
            return self.nodeHash(node, nil, nil, crypto)
        }
        var content = self.nodes[node]
        if case .parent(var parent) = content {
            parent.unmergedLeaves.removeAll { absent.containsSorted($0) }
            content = .parent(parent)
        }
        let children = (self.hash(left, without: absent, crypto), self.hash(right, without: absent, crypto))
        return self.nodeHash(node, content, children, crypto)
    }

    private func nodeHash(
        _ node: Int, _ content: Node?, _ children: (left: [UInt8], right: [UInt8])?,
        _ crypto: SuiteCrypto<some CryptoProvider>
    ) -> [UInt8] {
        let input: TreeHashInput
        if let children {
            let parent: ParentNode? = if case .parent(let parent) = content { parent } else { nil }
            input = .parent(
                ParentNodeHashInput(parentNode: parent, leftHash: children.left, rightHash: children.right))
        } else {
            let leaf: LeafNode? = if case .leaf(let leaf) = content { leaf } else { nil }
            input = .leaf(LeafNodeHashInput(leafIndex: UInt32(node / 2), leafNode: leaf))
        }
        return crypto.hash(input.encoded)
    }

    /// The parent hash that a node under `parent` has, when `sibling` is the parent's other child.
    mutating func parentHash(
        of parent: ParentNode, sibling: Int, _ crypto: SuiteCrypto<some CryptoProvider>
    ) -> [UInt8] {
        let original = self.hash(sibling, without: parent.unmergedLeaves.sorted()[...], crypto)
        return crypto.hash(
            ParentHashInput(
                encryptionKey: parent.encryptionKey, parentHash: parent.parentHash,
                originalSiblingTreeHash: original
            ).encoded)
    }

    /// Whether every parent was set by a Commit of somebody below it (§7.9.2): for one child there is a node in the
    /// resolution that carries the parent's hash, and all else in that resolution came later.
    mutating func hasValidParentHashes(_ crypto: SuiteCrypto<some CryptoProvider>) -> Bool {
        for node in stride(from: 1, to: self.nodes.count, by: 2) {
            guard let parent = self.parent(node), let left = TreeMath.left(node), let right = TreeMath.right(node)
            else { continue }
            guard
                self.isParentHashValid(parent, child: left, sibling: right, crypto)
                    || self.isParentHashValid(parent, child: right, sibling: left, crypto)
            else { return false }
        }
        return true
    }

    private mutating func isParentHashValid(
        _ parent: ParentNode, child: Int, sibling: Int, _ crypto: SuiteCrypto<some CryptoProvider>
    ) -> Bool {
        let range = TreeMath.leaves(under: child)
        let unmerged = parent.unmergedLeaves.filter { range.contains($0) }.map { 2 * Int($0) }
        let resolution = self.resolution(child)
        guard resolution.count == unmerged.count + 1 else { return false }
        // The one that is not unmerged is found before any hash is made or compared, so that a tree in which everybody
        // carries the right hash is no more work than another.
        let later = Set(unmerged)
        let rest = resolution.filter { !later.contains($0) }
        guard rest.count == 1, let stored = self.storedParentHash(rest[0]) else { return false }
        return stored == self.parentHash(of: parent, sibling: sibling, crypto)
    }

    private func storedParentHash(_ node: Int) -> [UInt8]? {
        switch self.nodes[node] {
        case .leaf(let leaf): leaf.parentHash
        case .parent(let parent): parent.parentHash
        case nil: nil
        }
    }
}

/// Searches in a list of leaves that stand in increasing order.
extension RandomAccessCollection where Element == UInt32, Index == Int {
    /// Where the first leaf stands that is not below `leaf`.
    private func firstSorted(from leaf: UInt32) -> Int {
        var (low, high) = (self.startIndex, self.endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle] < leaf { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether `leaf` is among them.
    func containsSorted(_ leaf: UInt32) -> Bool {
        let index = self.firstSorted(from: leaf)
        return index < self.endIndex && self[index] == leaf
    }

    /// Those within a range.
    func sorted(within range: Range<UInt32>) -> SubSequence {
        let start = self.firstSorted(from: range.lowerBound)
        return self[start..<Swift.max(start, self.firstSorted(from: range.upperBound))]
    }
}
