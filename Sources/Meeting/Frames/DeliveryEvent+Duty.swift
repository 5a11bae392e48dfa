package import Wire

extension DeliveryEvent {
    /// The service asks a member to do what it cannot do itself (`e2ee.md` 4.3).
    package struct Duty: FrameBody {
        /// The group.
        package var group: GroupID
        /// The epoch in which it is needed.
        package var epoch: UInt64
        /// What.
        package var task: Task

        /// From its fields.
        package init(group: GroupID, epoch: UInt64, task: Task) {
            self.group = group
            self.epoch = epoch
            self.task = task
        }

        /// Reads the fields in order.
        package init(reading reader: inout ByteReader) throws(WireError) {
            self.group = try GroupID(reading: &reader)
            self.epoch = try reader.u64()
            self.task = try Task(reading: &reader)
        }

        /// Writes the fields in order.
        package func write(to writer: inout ByteWriter) {
            self.group.write(to: &writer)
            writer.u64(self.epoch)
            self.task.write(to: &writer)
        }
    }
}
