package import Wire

extension DeliveryEvent {
    /// A joiner's Commit that a member is to judge (`e2ee.md` 5, rule 2).
    package struct Candidate: FrameBody {
        /// The group.
        package var group: GroupID
        /// The number to answer with. Candidates have the top bit set, the order has not.
        package var seq: UInt64
        /// The external Commit, as an MLSMessage.
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
