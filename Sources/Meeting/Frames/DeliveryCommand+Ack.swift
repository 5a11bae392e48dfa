package import Wire

extension DeliveryCommand {
    /// What a member thinks of a Commit: applied or not, or of a candidate: acceptable or not.
    package struct Ack: FrameBody {
        /// The group.
        package var group: GroupID
        /// The number of the Commit or of the candidate.
        package var seq: UInt64
        /// What it thinks.
        package var verdict: Verdict

        /// From its fields.
        package init(group: GroupID, seq: UInt64, verdict: Verdict) {
            self.group = group
            self.seq = seq
            self.verdict = verdict
        }

        /// Reads the fields in order.
        package init(reading reader: inout ByteReader) throws(WireError) {
            self.group = try GroupID(reading: &reader)
            self.seq = try reader.u64()
            self.verdict = try Verdict(reading: &reader)
        }

        /// Writes the fields in order.
        package func write(to writer: inout ByteWriter) {
            self.group.write(to: &writer)
            writer.u64(self.seq)
            self.verdict.write(to: &writer)
        }
    }
}
