/// The array representation of a full binary tree (RFC 9420 Appendix C): leaf L stands at 2L, a parent between its
/// subtrees. Every function takes indices inside the tree; whoever reads an index from the wire checks it first.
enum TreeMath {
    /// Nodes of a tree with `leaves` leaves, a power of two.
    static func nodeCount(leaves: Int) -> Int { 2 * leaves - 1 }

    /// The top of a tree with `leaves` leaves.
    static func root(leaves: Int) -> Int { leaves - 1 }

    /// Height above the leaves: how many ones the index ends in.
    static func level(_ node: Int) -> Int { (~node).trailingZeroBitCount }

    /// The left child of a parent; a leaf has none.
    static func left(_ node: Int) -> Int? {
        let level = self.level(node)
        return level == 0 ? nil : node ^ (1 << (level - 1))
    }

    /// The right child of a parent; a leaf has none.
    static func right(_ node: Int) -> Int? {
        let level = self.level(node)
        return level == 0 ? nil : node ^ (3 << (level - 1))
    }

    /// The parent; the top has none.
    static func parent(_ node: Int, leaves: Int) -> Int? {
        guard node != self.root(leaves: leaves) else { return nil }
        let level = self.level(node)
        return (node | (1 << level)) & ~(1 << (level + 1))
    }

    /// The parent's other child; the top has none.
    static func sibling(_ node: Int, leaves: Int) -> Int? {
        guard let parent = self.parent(node, leaves: leaves) else { return nil }
        return node < parent ? self.right(parent) : self.left(parent)
    }

    /// Parents from just above `node` to the top.
    static func directPath(_ node: Int, leaves: Int) -> [Int] {
        var path: [Int] = []
        var at = node
        while let parent = self.parent(at, leaves: leaves) {
            path.append(parent)
            at = parent
        }
        return path
    }

    /// The nodes of the subtree under `node`, itself included.
    static func subtree(_ node: Int) -> ClosedRange<Int> {
        let half = (1 << self.level(node)) - 1
        return node - half...node + half
    }

    /// The leaves under `node`, as leaf indices.
    static func leaves(under node: Int) -> Range<UInt32> {
        let range = self.subtree(node)
        return UInt32(range.lowerBound / 2)..<UInt32(range.upperBound / 2 + 1)
    }
}
