package import Wire

extension DeliveryCommand {
    /// A Commit that a member refuses (`e2ee.md` 4.2).
    package struct Fault: FrameBody {
        /// The group.
        package var group: GroupID
        /// The epoch in which the refusing member stays.
        package var epoch: UInt64
        /// Why: a fault code of `e2ee.md` 4.2.
        package var code: UInt16
        /// What shows it, for the members.
        package var evidence: [UInt8]

        /// From its fields.
        package init(group: GroupID, epoch: UInt64, code: UInt16, evidence: [UInt8]) {
            self.group = group
            self.epoch = epoch
            self.code = code
            self.evidence = evidence
        }

        /// Reads the fields in order.
        package init(reading reader: inout ByteReader) throws(WireError) {
            self.group = try GroupID(reading: &reader)
            self.epoch = try reader.u64()
            self.code = try reader.u16()
            self.evidence = try reader.opaque(atMost: FrameLimits.evidence)
        }

        /// Writes the fields in order.
        package func write(to writer: inout ByteWriter) {
            self.group.write(to: &writer)
            writer.u64(self.epoch)
            writer.u16(self.code)
            writer.vector(self.evidence)
        }
    }
}
