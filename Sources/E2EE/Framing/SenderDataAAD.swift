internal import Wire

/// What the encryption of sender data is bound to (RFC 9420 §6.3.2).
struct SenderDataAAD: TLSWritable, Sendable {
    var groupID: [UInt8]
    var epoch: UInt64
    var contentType: ContentType

    func write(to writer: inout ByteWriter) {
        writer.vector(self.groupID)
        writer.u64(self.epoch)
        writer.u8(self.contentType.rawValue)
    }
}
