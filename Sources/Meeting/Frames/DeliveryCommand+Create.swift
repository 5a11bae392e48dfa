package import Wire

extension DeliveryCommand {
    /// A new group, or the one that was here before the server started again (`e2ee.md` 5, rule 4).
    package struct Create: FrameBody {
        /// The GroupInfo, as an MLSMessage: its head names group and epoch.
        package var groupInfo: [UInt8]
        /// The ratchet tree of that epoch.
        package var tree: [UInt8]
        /// The leaf of whoever sends this.
        package var creator: Added

        /// From its fields.
        package init(groupInfo: [UInt8], tree: [UInt8], creator: Added) {
            self.groupInfo = groupInfo
            self.tree = tree
            self.creator = creator
        }

        /// Reads the fields in order.
        package init(reading reader: inout ByteReader) throws(WireError) {
            self.groupInfo = try reader.opaque(atMost: FrameLimits.groupInfo)
            self.tree = try reader.opaque(atMost: FrameLimits.tree)
            self.creator = try Added(reading: &reader)
        }

        /// Writes the fields in order.
        package func write(to writer: inout ByteWriter) {
            writer.vector(self.groupInfo)
            writer.vector(self.tree)
            self.creator.write(to: &writer)
        }
    }
}
