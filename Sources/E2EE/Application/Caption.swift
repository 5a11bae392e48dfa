package import Wire

/// What somebody said aloud, as a captioner understood it (`e2ee.md` 8, kind 25).
package struct Caption: TLSStruct, Equatable, Sendable {
    /// UTF-8.
    package let text: [UInt8]
    /// The leaf of whoever said it.
    package let leaf: UInt32

    /// 1 KiB.
    package static var textByteCountMax: Int { 1_024 }

    /// A caption from its fields.
    package init(text: [UInt8], about leaf: UInt32) {
        self.text = text
        self.leaf = leaf
    }

    /// Reads the fields in order. Nothing at all is no caption.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.text = try reader.opaque(max: Self.textByteCountMax)
        self.leaf = try reader.u32()
        guard !self.text.isEmpty, isText(self.text) else { throw .illegalValue }
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.text)
        writer.u32(self.leaf)
    }
}
