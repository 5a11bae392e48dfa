package import Wire

/// Lets the members that a Commit adds join (RFC 9420 §12.4.3.1).
package struct Welcome: TLSStruct, Equatable, Sendable {
    package var cipherSuite: UInt16
    package var secrets: [EncryptedGroupSecrets]
    package var encryptedGroupInfo: [UInt8]

    /// From its fields.
    package init(cipherSuite: UInt16, secrets: [EncryptedGroupSecrets], encryptedGroupInfo: [UInt8]) {
        self.cipherSuite = cipherSuite
        self.secrets = secrets
        self.encryptedGroupInfo = encryptedGroupInfo
    }
}

extension Welcome {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.cipherSuite = try reader.u16()
        self.secrets = try reader.list()
        self.encryptedGroupInfo = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u16(self.cipherSuite)
        writer.list(self.secrets)
        writer.vector(self.encryptedGroupInfo)
    }
}
