package import Wire

/// An extension by its number; what is in it is read where it matters (RFC 9420 §7.2, §13.4).
package struct Extension: TLSStruct, Equatable, Sendable {
    package var type: UInt16
    package var data: [UInt8]

    /// From its fields.
    package init(type: UInt16, data: [UInt8]) {
        self.type = type
        self.data = data
    }
}

extension Extension {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.type = try reader.u16()
        self.data = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u16(self.type)
        writer.vector(self.data)
    }
}
