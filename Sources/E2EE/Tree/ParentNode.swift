package import Wire

/// A parent node of the ratchet tree (RFC 9420 §7.1).
package struct ParentNode: TLSStruct, Equatable, Sendable {
    package var encryptionKey: [UInt8]
    /// Hash of the nearest non-blank ancestor; empty at the top.
    package var parentHash: [UInt8]
    /// Leaves below that do not know this node's private key, in increasing order.
    package var unmergedLeaves: [UInt32]

    /// From its fields.
    package init(encryptionKey: [UInt8], parentHash: [UInt8], unmergedLeaves: [UInt32]) {
        self.encryptionKey = encryptionKey
        self.parentHash = parentHash
        self.unmergedLeaves = unmergedLeaves
    }
}

extension ParentNode {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.encryptionKey = try reader.opaque()
        self.parentHash = try reader.opaque()
        self.unmergedLeaves = try reader.list()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.encryptionKey)
        writer.vector(self.parentHash)
        writer.list(self.unmergedLeaves)
    }
}
