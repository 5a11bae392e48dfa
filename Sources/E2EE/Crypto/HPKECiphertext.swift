package import Wire

/// What EncryptWithLabel makes (RFC 9420 §7.6).
package struct HPKECiphertext: TLSStruct, Equatable, Sendable {
    package var kemOutput: [UInt8]
    package var ciphertext: [UInt8]

    /// From its fields.
    package init(kemOutput: [UInt8], ciphertext: [UInt8]) {
        self.kemOutput = kemOutput
        self.ciphertext = ciphertext
    }
}

extension HPKECiphertext {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.kemOutput = try reader.opaque()
        self.ciphertext = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.kemOutput)
        writer.vector(self.ciphertext)
    }
}
