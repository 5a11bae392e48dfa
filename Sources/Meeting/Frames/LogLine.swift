package import Wire

/// One message of the log.
package struct LogLine: FrameBody {
    /// Its number, as in the event.
    package var seq: UInt64
    /// The MLSMessage.
    package var message: [UInt8]

    /// From its fields.
    package init(seq: UInt64, message: [UInt8]) {
        self.seq = seq
        self.message = message
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.seq = try reader.u64()
        self.message = try reader.opaque(atMost: FrameLimits.commit)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u64(self.seq)
        writer.vector(self.message)
    }
}
