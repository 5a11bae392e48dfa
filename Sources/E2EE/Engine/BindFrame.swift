package import Wire

/// Ties a connection to a leaf (`e2ee.md` 5, type 0F): whoever has the leaf's key has answered the server's challenge.
package struct BindFrame: TLSStruct, Equatable, Sendable {
    package let groupID: [UInt8]
    package let leaf: UInt32
    /// Shown by who wants to be asked as a host.
    package let chain: Chain?
    /// Sign(leaf, "bind", challenge || group_id)
    package let signature: [UInt8]

    /// A frame from its fields.
    package init(groupID: [UInt8], leaf: UInt32, chain: Chain?, signature: [UInt8]) {
        self.groupID = groupID
        self.leaf = leaf
        self.chain = chain
        self.signature = signature
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.groupID = try reader.opaque()
        self.leaf = try reader.u32()
        self.chain = try reader.optional()
        self.signature = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.groupID)
        writer.u32(self.leaf)
        writer.optional(self.chain)
        writer.vector(self.signature)
    }
}
