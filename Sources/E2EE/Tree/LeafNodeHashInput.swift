internal import Wire

/// A leaf, blank or not, with its place (RFC 9420 §7.8).
struct LeafNodeHashInput: TLSWritable, Sendable {
    var leafIndex: UInt32
    var leafNode: LeafNode?

    func write(to writer: inout ByteWriter) {
        writer.u32(self.leafIndex)
        writer.optional(self.leafNode)
    }
}
