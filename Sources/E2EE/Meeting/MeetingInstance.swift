package import Wire

/// One occurrence of a meeting. It stands in nearly every struct, so that nothing signed for one meeting, or for last
/// week, is worth anything in another (`e2ee.md` 2, Instance).
package struct MeetingInstance: TLSStruct, Hashable, Sendable {
    /// 16 bytes, given by the server.
    package var meetingID: [UInt8]
    /// Number of the occurrence.
    package var number: UInt32

    /// From its fields.
    package init(meetingID: [UInt8], number: UInt32) {
        self.meetingID = meetingID
        self.number = number
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.meetingID = try reader.array(16)
        self.number = try reader.u32()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.append(self.meetingID)
        writer.u32(self.number)
    }
}
