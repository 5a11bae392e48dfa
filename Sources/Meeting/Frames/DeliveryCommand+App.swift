package import Wire

extension DeliveryCommand {
    /// An application message (`e2ee.md` 8), sealed by its sender.
    package struct App: FrameBody {
        /// How long it is kept.
        package enum Class: UInt8, Sendable {
            /// Passed on and forgotten.
            case fleeting = 0
            /// Kept until the meeting ends.
            case logged = 1
            /// Kept longer where the meeting says so.
            case retained = 2
        }

        /// The PrivateMessage, as an MLSMessage.
        package var message: [UInt8]
        /// For whom; empty = for everybody.
        package var recipients: [LeafIndex]
        /// How long it is kept.
        package var keep: Class

        /// From its fields.
        package init(message: [UInt8], recipients: [LeafIndex], keep: Class) {
            self.message = message
            self.recipients = recipients
            self.keep = keep
        }

        /// Reads the fields in order. The message has no length of its own: it ends where its last field ends.
        package init(reading reader: inout ByteReader) throws(WireError) {
            let message = try reader.mlsMessage()
            guard message.count <= FrameLimits.application else { throw .tooLarge }
            self.message = reader.bytes.array(message)
            self.recipients = try reader.list(atMost: FrameLimits.recipients)
            guard let keep = Class(rawValue: try reader.u8()) else { throw .illegalValue }
            self.keep = keep
        }

        /// Writes the fields in order.
        package func write(to writer: inout ByteWriter) {
            writer.append(self.message)
            writer.list(self.recipients)
            writer.u8(self.keep.rawValue)
        }
    }
}
