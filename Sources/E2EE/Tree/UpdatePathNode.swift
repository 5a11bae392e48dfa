package import Wire

/// The new key of one node on a committer's path, and its secret for everybody below (RFC 9420 §7.6).
package struct UpdatePathNode: TLSStruct, Equatable, Sendable {
    package var encryptionKey: [UInt8]
    /// One for each node of the copath's resolution, in its order.
    package var encryptedPathSecret: [HPKECiphertext]

    /// From its fields.
    package init(encryptionKey: [UInt8], encryptedPathSecret: [HPKECiphertext]) {
        self.encryptionKey = encryptionKey
        self.encryptedPathSecret = encryptedPathSecret
    }
}

extension UpdatePathNode {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.encryptionKey = try reader.opaque()
        self.encryptedPathSecret = try reader.list()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.encryptionKey)
        writer.list(self.encryptedPathSecret)
    }
}
