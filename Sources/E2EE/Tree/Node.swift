package import Wire

/// A node of the ratchet tree that is not blank (RFC 9420 §12.4.3.3). `indirect`, so that a tree of blank nodes, which a
/// stranger sends with a byte each, takes eight bytes each here.
package indirect enum Node: TLSStruct, Equatable, Sendable {
    /// A member.
    case leaf(LeafNode)
    /// The members below it.
    case parent(ParentNode)

    /// The key to encrypt to whoever is below.
    package var encryptionKey: [UInt8] {
        switch self {
        case .leaf(let leaf): leaf.encryptionKey
        case .parent(let parent): parent.encryptionKey
        }
    }

    /// Reads the sort, then the node.
    package init(reading reader: inout ByteReader) throws(WireError) {
        switch try reader.choice(NodeType.self) {
        case .leaf: self = .leaf(try LeafNode(reading: &reader))
        case .parent: self = .parent(try ParentNode(reading: &reader))
        }
    }

    /// Writes the sort, then the node.
    package func write(to writer: inout ByteWriter) {
        switch self {
        case .leaf(let leaf):
            writer.u8(NodeType.leaf.rawValue)
            leaf.write(to: &writer)
        case .parent(let parent):
            writer.u8(NodeType.parent.rawValue)
            parent.write(to: &writer)
        }
    }
}
