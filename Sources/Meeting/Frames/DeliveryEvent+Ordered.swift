package import Wire

extension DeliveryEvent {
    /// A message that has its place in the order of the group.
    package struct Ordered: FrameBody {
        /// The group.
        package var group: GroupID
        /// Its number. What is not numbered (fleeting, or for some only) has that of the last message before it.
        package var seq: UInt64
        /// The MLSMessage.
        package var message: [UInt8]

        /// From its fields.
        package init(group: GroupID, seq: UInt64, message: [UInt8]) {
            self.group = group
            self.seq = seq
            self.message = message
        }

        /// Reads the fields in order.
        package init(reading reader: inout ByteReader) throws(WireError) {
            self.group = try GroupID(reading: &reader)
            self.seq = try reader.u64()
            self.message = reader.remainder()
        }

        /// Writes the fields in order.
        package func write(to writer: inout ByteWriter) {
            self.group.write(to: &writer)
            writer.u64(self.seq)
            writer.append(self.message)
        }
    }
}
