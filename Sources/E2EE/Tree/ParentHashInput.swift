package import Wire

/// What a parent hash is the hash of (RFC 9420 §7.9).
package struct ParentHashInput: TLSStruct, Equatable, Sendable {
    package var encryptionKey: [UInt8]
    package var parentHash: [UInt8]
    package var originalSiblingTreeHash: [UInt8]

    /// From its fields.
    package init(encryptionKey: [UInt8], parentHash: [UInt8], originalSiblingTreeHash: [UInt8]) {
        self.encryptionKey = encryptionKey
        self.parentHash = parentHash
        self.originalSiblingTreeHash = originalSiblingTreeHash
    }
}

extension ParentHashInput {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.encryptionKey = try reader.opaque()
        self.parentHash = try reader.opaque()
        self.originalSiblingTreeHash = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.encryptionKey)
        writer.vector(self.parentHash)
        writer.vector(self.originalSiblingTreeHash)
    }
}
