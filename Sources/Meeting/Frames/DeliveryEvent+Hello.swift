package import Wire

extension DeliveryEvent {
    /// The first frame of a connection.
    package struct Hello: FrameBody {
        /// What `Bind` signs.
        package var challenge: [UInt8]
        /// The key with which this service signs its Removes.
        package var key: LeafKey

        /// From its fields.
        package init(challenge: [UInt8], key: LeafKey) {
            self.challenge = challenge
            self.key = key
        }

        /// Reads the fields in order.
        package init(reading reader: inout ByteReader) throws(WireError) {
            self.challenge = try reader.array(32)
            self.key = try LeafKey(reading: &reader)
        }

        /// Writes the fields in order.
        package func write(to writer: inout ByteWriter) {
            writer.append(self.challenge)
            self.key.write(to: &writer)
        }
    }
}
