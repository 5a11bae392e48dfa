package import Wire

extension DeliveryCommand.Ack {
    /// What a member thinks.
    package enum Verdict: UInt8, FrameBody {
        /// Refused.
        case refused = 0
        /// Applied, or acceptable.
        case ok = 1

        /// Reads one byte.
        package init(reading reader: inout ByteReader) throws(WireError) {
            guard let verdict = Self(rawValue: try reader.u8()) else { throw .illegalValue }
            self = verdict
        }

        /// Writes one byte.
        package func write(to writer: inout ByteWriter) { writer.u8(self.rawValue) }
    }
}

extension DeliveryCommand.Get {
    /// What is stored.
    package enum What: UInt8, FrameBody {
        /// Both descriptors of the meeting, and the certificate of a ticket.
        case descriptors = 1
        /// The last GroupInfo of a group.
        case groupInfo = 2
        /// The last snapshot of its tree.
        case tree = 3
        /// Its log.
        case log = 4
        /// The KeyPackages of a member.
        case keyPackages = 5

        /// Reads one byte.
        package init(reading reader: inout ByteReader) throws(WireError) {
            guard let what = Self(rawValue: try reader.u8()) else { throw .illegalValue }
            self = what
        }

        /// Writes one byte.
        package func write(to writer: inout ByteWriter) { writer.u8(self.rawValue) }
    }
}
