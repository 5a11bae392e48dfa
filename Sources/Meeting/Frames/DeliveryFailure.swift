package import Wire

/// Why something was not done (`e2ee.md` 5).
package enum DeliveryFailure: UInt16, Error, FrameBody {
    /// Of another epoch: catch up, then do it again.
    case stale = 1
    /// Something else was first: there is a group, or another joiner is being judged (then propose instead).
    case conflict = 2
    /// Not for this connection.
    case denied = 3
    /// Too often, or the slot is reserved.
    case rate = 4
    /// No longer here.
    case gone = 5
    /// Larger than allowed.
    case tooBig = 6
    /// No such frame.
    case malformed = 7
    /// No such group.
    case unknownGroup = 8

    /// Reads two bytes.
    package init(reading reader: inout ByteReader) throws(WireError) {
        guard let failure = Self(rawValue: try reader.u16()) else { throw .illegalValue }
        self = failure
    }

    /// Writes two bytes.
    package func write(to writer: inout ByteWriter) { writer.u16(self.rawValue) }
}
