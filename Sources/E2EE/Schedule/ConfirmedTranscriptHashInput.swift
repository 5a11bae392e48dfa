internal import Wire

/// What a Commit adds to the transcript (RFC 9420 §8.2).
struct ConfirmedTranscriptHashInput: TLSWritable, Sendable {
    var wireFormat: WireFormat
    var content: FramedContent
    var signature: [UInt8]

    func write(to writer: inout ByteWriter) {
        writer.u16(self.wireFormat.rawValue)
        self.content.write(to: &writer)
        writer.vector(self.signature)
    }
}
