package import Wire

extension DeliveryEvent {
    /// A Commit is taken back (`e2ee.md` 5, rule 6).
    package struct Voided: FrameBody {
        /// The group.
        package var group: GroupID
        /// The number of the Commit.
        package var seq: UInt64

        /// From its fields.
        package init(group: GroupID, seq: UInt64) {
            self.group = group
            self.seq = seq
        }

        /// Reads the fields in order.
        package init(reading reader: inout ByteReader) throws(WireError) {
            self.group = try GroupID(reading: &reader)
            self.seq = try reader.u64()
        }

        /// Writes the fields in order.
        package func write(to writer: inout ByteWriter) {
            self.group.write(to: &writer)
            writer.u64(self.seq)
        }
    }
}
