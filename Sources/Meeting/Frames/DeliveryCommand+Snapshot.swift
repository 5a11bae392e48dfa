package import Wire

extension DeliveryCommand {
    /// The tree of an epoch, so that a joiner need not follow the log from the beginning (`e2ee.md` 5, rule 3).
    package struct Snapshot: FrameBody {
        /// The group.
        package var group: GroupID
        /// The epoch.
        package var epoch: UInt64
        /// The ratchet tree.
        package var tree: [UInt8]
        /// The GroupInfo, as an MLSMessage.
        package var groupInfo: [UInt8]

        /// From its fields.
        package init(group: GroupID, epoch: UInt64, tree: [UInt8], groupInfo: [UInt8]) {
            self.group = group
            self.epoch = epoch
            self.tree = tree
            self.groupInfo = groupInfo
        }

        /// Reads the fields in order.
        package init(reading reader: inout ByteReader) throws(WireError) {
            self.group = try GroupID(reading: &reader)
            self.epoch = try reader.u64()
            self.tree = try reader.opaque(atMost: FrameLimits.tree)
            self.groupInfo = try reader.opaque(atMost: FrameLimits.groupInfo)
        }

        /// Writes the fields in order.
        package func write(to writer: inout ByteWriter) {
            self.group.write(to: &writer)
            writer.u64(self.epoch)
            writer.vector(self.tree)
            writer.vector(self.groupInfo)
        }
    }
}
