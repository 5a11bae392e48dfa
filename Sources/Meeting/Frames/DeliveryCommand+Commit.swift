package import Wire

extension DeliveryCommand {
    /// A Commit, and what its sender says that it does.
    package struct Commit: FrameBody {
        /// The group.
        package var group: GroupID
        /// The epoch it ends.
        package var epoch: UInt64
        /// The Commit, as an MLSMessage.
        package var commit: [UInt8]
        /// The leaves it adds.
        package var added: [Added]
        /// The leaves it removes.
        package var removed: [LeafIndex]
        /// The Welcome for those it adds, as an MLSMessage; empty if there is none.
        package var welcome: [UInt8]
        /// The GroupInfo of the next epoch, as an MLSMessage.
        package var groupInfo: [UInt8]

        /// From its fields.
        package init(
            group: GroupID, epoch: UInt64, commit: [UInt8], added: [Added], removed: [LeafIndex], welcome: [UInt8],
            groupInfo: [UInt8]
        ) {
            self.group = group
            self.epoch = epoch
            self.commit = commit
            self.added = added
            self.removed = removed
            self.welcome = welcome
            self.groupInfo = groupInfo
        }

        /// Reads the fields in order.
        package init(reading reader: inout ByteReader) throws(WireError) {
            self.group = try GroupID(reading: &reader)
            self.epoch = try reader.u64()
            self.commit = try reader.opaque(atMost: FrameLimits.commit)
            self.added = try reader.list(atMost: FrameLimits.added)
            self.removed = try reader.list(atMost: FrameLimits.removed)
            self.welcome = try reader.opaque(atMost: FrameLimits.welcome)
            self.groupInfo = try reader.opaque(atMost: FrameLimits.groupInfo)
        }

        /// Writes the fields in order.
        package func write(to writer: inout ByteWriter) {
            self.group.write(to: &writer)
            writer.u64(self.epoch)
            writer.vector(self.commit)
            writer.list(self.added)
            writer.list(self.removed)
            writer.vector(self.welcome)
            writer.vector(self.groupInfo)
        }
    }
}
