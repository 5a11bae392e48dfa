package import Wire

/// The key to which a joiner's ExternalInit is encapsulated (RFC 9420 §12.4.3.2).
package struct ExternalPub: TLSStruct, Equatable, Sendable {
    package var externalPub: [UInt8]

    /// From its fields.
    package init(externalPub: [UInt8]) {
        self.externalPub = externalPub
    }
}

extension ExternalPub {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.externalPub = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.externalPub)
    }
}
