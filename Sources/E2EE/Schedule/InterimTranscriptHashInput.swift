package import Wire

/// What ends the transcript hash of a Commit (RFC 9420 §8.2).
package struct InterimTranscriptHashInput: TLSStruct, Equatable, Sendable {
    package var confirmationTag: [UInt8]

    /// From its fields.
    package init(confirmationTag: [UInt8]) {
        self.confirmationTag = confirmationTag
    }
}

extension InterimTranscriptHashInput {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.confirmationTag = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.confirmationTag)
    }
}
