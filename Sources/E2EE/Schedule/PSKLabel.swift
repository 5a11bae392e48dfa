package import Wire

/// Which pre-shared key of how many (RFC 9420 §8.4).
package struct PSKLabel: TLSStruct, Equatable, Sendable {
    package var id: PreSharedKeyID
    package var index: UInt16
    package var count: UInt16

    /// From its fields.
    package init(id: PreSharedKeyID, index: UInt16, count: UInt16) {
        self.id = id
        self.index = index
        self.count = count
    }
}

extension PSKLabel {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.id = try PreSharedKeyID(reading: &reader)
        self.index = try reader.u16()
        self.count = try reader.u16()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        self.id.write(to: &writer)
        writer.u16(self.index)
        writer.u16(self.count)
    }
}
