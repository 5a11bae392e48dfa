package import Wire

/// Somebody outside the group who may propose (RFC 9420 §12.1.8.1).
package struct ExternalSender: TLSStruct, Equatable, Sendable {
    package var signatureKey: [UInt8]
    package var credential: Credential

    /// From its fields.
    package init(signatureKey: [UInt8], credential: Credential) {
        self.signatureKey = signatureKey
        self.credential = credential
    }
}

extension ExternalSender {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.signatureKey = try reader.opaque()
        self.credential = try Credential(reading: &reader)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.signatureKey)
        self.credential.write(to: &writer)
    }
}
