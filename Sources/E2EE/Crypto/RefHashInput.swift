package import Wire

/// What a reference to a message is the hash of (RFC 9420 §5.2).
package struct RefHashInput: TLSStruct, Equatable, Sendable {
    /// With `MLS 1.0 ` before it.
    package var label: [UInt8]
    package var value: [UInt8]

    /// From its fields.
    package init(label: [UInt8], value: [UInt8]) {
        self.label = label
        self.value = value
    }
}

extension RefHashInput {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.label = try reader.opaque()
        self.value = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.label)
        writer.vector(self.value)
    }
}
