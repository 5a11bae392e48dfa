internal import Redaction
package import Wire

/// A group's id: the meeting's 16 bytes and 16 random ones (`e2ee.md` 4.1).
package struct GroupID: Hashable, FrameBody, Unprintable {
    /// Bytes of an id.
    package static let byteCount = 32

    /// The bytes on the wire.
    package let bytes: [UInt8]

    /// An id from its bytes.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads an id of the right length, or an empty one: `Get` of what belongs to no group has that.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.bytes = try reader.opaque(atMost: Self.byteCount)
        guard self.bytes.isEmpty || self.bytes.count == Self.byteCount else { throw .illegalValue }
    }

    /// Writes the id.
    package func write(to writer: inout ByteWriter) { writer.vector(self.bytes) }
}
