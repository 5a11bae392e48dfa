package import Wire

/// The info of ExpandWithLabel (RFC 9420 §8).
package struct KDFLabel: TLSStruct, Equatable, Sendable {
    package var length: UInt16
    /// With `MLS 1.0 ` before it.
    package var label: [UInt8]
    package var context: [UInt8]

    /// From its fields.
    package init(length: UInt16, label: [UInt8], context: [UInt8]) {
        self.length = length
        self.label = label
        self.context = context
    }
}

extension KDFLabel {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.length = try reader.u16()
        self.label = try reader.opaque()
        self.context = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u16(self.length)
        writer.vector(self.label)
        writer.vector(self.context)
    }
}
