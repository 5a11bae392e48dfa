package import Wire

/// What SignWithLabel signs (RFC 9420 §5.1.2).
package struct SignContent: TLSStruct, Equatable, Sendable {
    /// With `MLS 1.0 ` before it.
    package var label: [UInt8]
    package var content: [UInt8]

    /// From its fields.
    package init(label: [UInt8], content: [UInt8]) {
        self.label = label
        self.content = content
    }
}

extension SignContent {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.label = try reader.opaque()
        self.content = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.label)
        writer.vector(self.content)
    }
}
