package import Wire

extension DeliveryEvent {
    /// A Welcome, for one connection alone (`e2ee.md` 5, rule 3).
    package struct Welcome: FrameBody {
        /// The Welcome, as an MLSMessage.
        package var message: [UInt8]
        /// The number of its Commit: the log goes on behind it.
        package var seq: UInt64
        /// For which of the receiver's KeyPackages it is.
        package var reference: KeyPackageReference

        /// From its fields.
        package init(message: [UInt8], seq: UInt64, reference: KeyPackageReference) {
            self.message = message
            self.seq = seq
            self.reference = reference
        }

        /// Reads the fields in order. The message has no length of its own: it ends where its last field ends.
        package init(reading reader: inout ByteReader) throws(WireError) {
            self.message = reader.bytes.array(try reader.mlsMessage())
            self.seq = try reader.u64()
            self.reference = try KeyPackageReference(reading: &reader)
        }

        /// Writes the fields in order.
        package func write(to writer: inout ByteWriter) {
            writer.append(self.message)
            writer.u64(self.seq)
            self.reference.write(to: &writer)
        }
    }
}
