internal import Wire

/// A leaf of a group. A leaf node from a key package is not bound to one, because its maker knew none.
struct LeafPlace: Equatable, Sendable {
    var groupID: [UInt8]
    var leaf: UInt32
}

/// What the signature of a leaf node covers (RFC 9420 §7.2).
struct LeafNodeTBS: TLSWritable, Sendable {
    var leafNode: LeafNode
    /// Left out where the leaf comes from a key package.
    var place: LeafPlace

    func write(to writer: inout ByteWriter) {
        self.leafNode.writeUnsigned(to: &writer)
        switch self.leafNode.source {
        case .keyPackage: break
        case .update, .commit:
            writer.vector(self.place.groupID)
            writer.u32(self.place.leaf)
        }
    }
}
