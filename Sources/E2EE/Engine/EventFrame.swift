package import Wire

/// One message of a group at its place in the order (`e2ee.md` 5, types 43 and 4B).
package struct EventFrame: TLSStruct, Equatable, Sendable {
    package let groupID: [UInt8]
    /// Rises by one with each message of the group.
    package let sequence: UInt64
    package let message: MLSMessage

    /// An event from its fields.
    package init(groupID: [UInt8], sequence: UInt64, message: MLSMessage) {
        self.groupID = groupID
        self.sequence = sequence
        self.message = message
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.groupID = try reader.opaque()
        self.sequence = try reader.u64()
        self.message = try MLSMessage(reading: &reader)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.groupID)
        writer.u64(self.sequence)
        self.message.write(to: &writer)
    }
}
