package import Wire

/// What a message says, to which group and in which epoch (RFC 9420 §6).
package struct FramedContent: TLSStruct, Equatable, Sendable {
    package var groupID: [UInt8]
    package var epoch: UInt64
    package var sender: Sender
    /// Bytes of the application that are signed and seen by all.
    package var authenticatedData: [UInt8]
    package var content: Content

    /// From its fields.
    package init(groupID: [UInt8], epoch: UInt64, sender: Sender, authenticatedData: [UInt8], content: Content) {
        self.groupID = groupID
        self.epoch = epoch
        self.sender = sender
        self.authenticatedData = authenticatedData
        self.content = content
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.groupID = try reader.opaque()
        self.epoch = try reader.u64()
        self.sender = try Sender(reading: &reader)
        self.authenticatedData = try reader.opaque()
        self.content = try Content(try reader.choice(), reading: &reader)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.groupID)
        writer.u64(self.epoch)
        self.sender.write(to: &writer)
        writer.vector(self.authenticatedData)
        writer.u8(self.content.type.rawValue)
        self.content.write(to: &writer)
    }
}
