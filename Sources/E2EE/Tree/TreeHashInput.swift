internal import Wire

/// What the hash of a node is the hash of (RFC 9420 §7.8).
enum TreeHashInput: TLSWritable, Sendable {
    case leaf(LeafNodeHashInput)
    case parent(ParentNodeHashInput)

    func write(to writer: inout ByteWriter) {
        switch self {
        case .leaf(let input):
            writer.u8(NodeType.leaf.rawValue)
            input.write(to: &writer)
        case .parent(let input):
            writer.u8(NodeType.parent.rawValue)
            input.write(to: &writer)
        }
    }
}
