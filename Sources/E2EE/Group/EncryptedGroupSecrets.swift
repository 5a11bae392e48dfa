package import Wire

/// The group secrets for one joiner (RFC 9420 §12.4.3.1).
package struct EncryptedGroupSecrets: TLSStruct, Equatable, Sendable {
    /// Reference of the joiner's key package.
    package var newMember: [UInt8]
    package var encryptedGroupSecrets: HPKECiphertext

    /// From its fields.
    package init(newMember: [UInt8], encryptedGroupSecrets: HPKECiphertext) {
        self.newMember = newMember
        self.encryptedGroupSecrets = encryptedGroupSecrets
    }
}

extension EncryptedGroupSecrets {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.newMember = try reader.opaque()
        self.encryptedGroupSecrets = try HPKECiphertext(reading: &reader)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.newMember)
        self.encryptedGroupSecrets.write(to: &writer)
    }
}
