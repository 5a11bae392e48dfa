package import Wire

/// Asks for the word, or no more (`e2ee.md` 8, kind 19).
package struct Hand: TLSStruct, Equatable, Sendable {
    package let isUp: Bool

    /// A hand.
    package init(isUp: Bool) { self.isUp = isUp }

    /// Reads the one byte.
    package init(reading reader: inout ByteReader) throws(WireError) { self.isUp = try reader.flag() }

    /// Writes the one byte.
    package func write(to writer: inout ByteWriter) { writer.u8(self.isUp ? 1 : 0) }
}
