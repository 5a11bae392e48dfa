package import Wire

extension DeliveryCommand {
    /// Asks for something that is stored.
    package struct Get: FrameBody {
        /// What.
        package var what: What
        /// Of which group; empty where it is of none.
        package var group: GroupID
        /// Of the log: the first number wanted. Of KeyPackages: whose, as a leaf.
        package var from: UInt64
        /// Of a ticket certificate: SHA-256 of the ticket key; empty otherwise.
        package var hash: [UInt8]

        /// From its fields.
        package init(what: What, group: GroupID, from: UInt64, hash: [UInt8]) {
            self.what = what
            self.group = group
            self.from = from
            self.hash = hash
        }

        /// Reads the fields in order.
        package init(reading reader: inout ByteReader) throws(WireError) {
            self.what = try What(reading: &reader)
            self.group = try GroupID(reading: &reader)
            self.from = try reader.u64()
            self.hash = try reader.opaque(atMost: 32)
        }

        /// Writes the fields in order.
        package func write(to writer: inout ByteWriter) {
            self.what.write(to: &writer)
            self.group.write(to: &writer)
            writer.u64(self.from)
            writer.vector(self.hash)
        }
    }
}
