package import Wire

/// The ratchet tree of an epoch (RFC 9420 §7): public keys only. It is always full, so it has 2^d leaves and blanks where
/// nobody is. Hashes of subtrees are kept until something below them changes.
package struct RatchetTree: Equatable, Sendable {
    /// Nodes in the order of `TreeMath`.
    private(set) var nodes: [Node?]
    /// The hash of each node, or nothing when it is not known.
    var hashes: [[UInt8]]

    /// Twice what 500 members need, who always sit in the leftmost free leaves (`e2ee.md` 4.1). The bound keeps a stranger's
    /// tree and a member's Adds within reason: what is checked of a tree grows faster than the tree.
    package static let leafCountMax = 1 << 10

    /// The tree of a new group: one member.
    init(_ leaf: LeafNode) {
        self.nodes = [.leaf(leaf)]
        self.hashes = [[]]
    }

    /// A tree from its nodes, extended with blanks to the next full size (§12.4.3.3).
    init(nodes: [Node?]) throws(E2EEError) {
        guard let last = nodes.last, last != nil, nodes.count <= TreeMath.nodeCount(leaves: Self.leafCountMax) else {
            throw E2EEError(.codec, .tree)
        }
        var leaves = 1
        while TreeMath.nodeCount(leaves: leaves) < nodes.count { leaves *= 2 }
        for (index, node) in nodes.enumerated() {
            switch node {
            case .leaf: guard index.isMultiple(of: 2) else { throw E2EEError(.codec, .tree) }
            case .parent(let parent):
                // A resolution follows these numbers, so that they lie inside is checked before anything else is.
                guard !index.isMultiple(of: 2), parent.unmergedLeaves.allSatisfy({ $0 < UInt32(leaves) }) else {
                    throw E2EEError(.codec, .tree)
                }
            case nil: break
            }
        }
        let missing = TreeMath.nodeCount(leaves: leaves) - nodes.count
        self.nodes = nodes + Array(repeating: nil, count: missing)
        self.hashes = Array(repeating: [], count: self.nodes.count)
    }

    package static func == (left: Self, right: Self) -> Bool { left.nodes == right.nodes }

    /// Leaves, blank ones included.
    package var leafCount: Int { (self.nodes.count + 1) / 2 }

    var root: Int { TreeMath.root(leaves: self.leafCount) }

    /// The member at a leaf; nothing when it is blank or outside.
    package func leaf(_ index: UInt32) -> LeafNode? {
        guard index < UInt32(self.leafCount), case .leaf(let leaf) = self.nodes[2 * Int(index)] else { return nil }
        return leaf
    }

    /// The parent at a node; nothing when it is blank, outside or a leaf.
    func parent(_ node: Int) -> ParentNode? {
        guard node < self.nodes.count, case .parent(let parent) = self.nodes[node] else { return nil }
        return parent
    }

    /// Leaves where somebody is, from left to right.
    package var members: [UInt32] {
        (0..<UInt32(self.leafCount)).filter { self.nodes[2 * Int($0)] != nil }
    }

    /// Puts `node` at `index` and forgets the hashes above it.
    mutating func set(_ index: Int, _ node: Node?) {
        self.nodes[index] = node
        self.hashes[index] = []
        for above in TreeMath.directPath(index, leaves: self.leafCount) { self.hashes[above] = [] }
    }

    /// Doubles the leaves: a blank top, and blanks to the right (§7.7).
    mutating func extend() {
        let added = self.nodes.count + 1
        self.nodes += Array(repeating: nil, count: added)
        self.hashes += Array(repeating: [], count: added)
    }

    /// Halves the leaves while the right half is blank (§7.7).
    mutating func truncate() {
        while self.leafCount > 1 {
            let top = self.root
            guard self.nodes[(top + 1)...].allSatisfy({ $0 == nil }) else { return }
            self.nodes.removeSubrange(top...)
            self.hashes.removeSubrange(top...)
        }
    }

    /// The nodes whose keys together reach everybody under `node` (§4.1.1).
    func resolution(_ node: Int) -> [Int] {
        switch self.nodes[node] {
        case .leaf: [node]
        case .parent(let parent): [node] + parent.unmergedLeaves.map { 2 * Int($0) }
        case nil:
            if let left = TreeMath.left(node), let right = TreeMath.right(node) {
                self.resolution(left) + self.resolution(right)
            } else {
                []
            }
        }
    }

    /// Whether nobody is under `node`.
    func isEmpty(_ node: Int) -> Bool {
        TreeMath.leaves(under: node).allSatisfy { self.nodes[2 * Int($0)] == nil }
    }

    /// A node above a leaf whose other side is not empty.
    struct Step: Equatable, Sendable {
        let node: Int
        /// The child that is not above the leaf.
        let copath: Int
    }

    /// The direct path without the nodes whose other side is empty (§4.1.2).
    func filteredDirectPath(_ leaf: UInt32) -> [Step] {
        var steps: [Step] = []
        var at = 2 * Int(leaf)
        while let parent = TreeMath.parent(at, leaves: self.leafCount),
            let sibling = TreeMath.sibling(at, leaves: self.leafCount)
        {
            if !self.isEmpty(sibling) { steps.append(Step(node: parent, copath: sibling)) }
            at = parent
        }
        return steps
    }
}

extension RatchetTree: TLSWritable {
    /// Reads `optional<Node> ratchet_tree<V>` that fills `bytes`.
    package init(decoding bytes: [UInt8]) throws(E2EEError) {
        var nodes: [Node?] = []
        do throws(WireError) {
            var reader = ByteReader(bytes.rawSpan)
            var inner = ByteReader(try reader.vector())
            try reader.end()
            while !inner.isAtEnd {
                guard nodes.count < TreeMath.nodeCount(leaves: Self.leafCountMax) else { throw .illegalValue }
                nodes.append(try inner.optional())
            }
        } catch {
            throw E2EEError(.codec, .malformed)
        }
        try self.init(nodes: nodes)
    }

    /// Writes `optional<Node> ratchet_tree<V>`, without blanks at the end.
    package func write(to writer: inout ByteWriter) {
        let count = (self.nodes.lastIndex { $0 != nil } ?? -1) + 1
        writer.vector { writer in for node in self.nodes[..<count] { writer.optional(node) } }
    }
}
