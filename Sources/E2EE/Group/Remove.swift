package import Wire

/// Removes a member (RFC 9420 §12.1.3).
package struct Remove: TLSStruct, Equatable, Sendable {
    /// The leaf's index.
    package var removed: UInt32

    /// From its fields.
    package init(removed: UInt32) {
        self.removed = removed
    }
}

extension Remove {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.removed = try reader.u32()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u32(self.removed)
    }
}
