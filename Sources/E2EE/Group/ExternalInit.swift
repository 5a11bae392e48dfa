package import Wire

/// How a joiner's external Commit starts the next epoch (RFC 9420 §12.1.6).
package struct ExternalInit: TLSStruct, Equatable, Sendable {
    package var kemOutput: [UInt8]

    /// From its fields.
    package init(kemOutput: [UInt8]) {
        self.kemOutput = kemOutput
    }
}

extension ExternalInit {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.kemOutput = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.kemOutput)
    }
}
