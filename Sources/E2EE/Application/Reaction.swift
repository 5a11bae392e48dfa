package import Wire

/// A sign that passes (`e2ee.md` 8, kind 18): to nothing in particular, for this version has no others.
package struct Reaction: TLSStruct, Equatable, Sendable {
    /// UTF-8.
    package let emoji: [UInt8]
    /// Whether it is given; there is no other use for it yet.
    package let isOn: Bool

    /// An emoji of several parts fits.
    package static var emojiByteCountMax: Int { 16 }

    /// A reaction from its fields.
    package init(emoji: [UInt8], isOn: Bool = true) {
        self.emoji = emoji
        self.isOn = isOn
    }

    /// Reads the fields in order; the first, whose target it is, has to be empty.
    package init(reading reader: inout ByteReader) throws(WireError) {
        let target = try reader.opaque(max: 0)
        self.emoji = try reader.opaque(max: Self.emojiByteCountMax)
        self.isOn = try reader.flag()
        guard target.isEmpty, !self.emoji.isEmpty, isText(self.emoji) else { throw .illegalValue }
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector([])
        writer.vector(self.emoji)
        writer.u8(self.isOn ? 1 : 0)
    }
}
