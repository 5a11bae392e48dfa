package import Wire

extension DeliveryEvent {
    /// A leaf has no connection: a hint, no more.
    package struct Lost: FrameBody {
        /// The group.
        package var group: GroupID
        /// The leaf.
        package var leaf: LeafIndex
        /// For how long.
        package var sinceMilliseconds: UInt32

        /// From its fields.
        package init(group: GroupID, leaf: LeafIndex, sinceMilliseconds: UInt32) {
            self.group = group
            self.leaf = leaf
            self.sinceMilliseconds = sinceMilliseconds
        }

        /// Reads the fields in order.
        package init(reading reader: inout ByteReader) throws(WireError) {
            self.group = try GroupID(reading: &reader)
            self.leaf = try LeafIndex(reading: &reader)
            self.sinceMilliseconds = try reader.u32()
        }

        /// Writes the fields in order.
        package func write(to writer: inout ByteWriter) {
            self.group.write(to: &writer)
            self.leaf.write(to: &writer)
            writer.u32(self.sinceMilliseconds)
        }
    }
}
