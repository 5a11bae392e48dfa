internal import Wire

/// What the encryption of a PrivateMessage's content is bound to (RFC 9420 §6.3.1).
struct PrivateContentAAD: TLSWritable, Sendable {
    var groupID: [UInt8]
    var epoch: UInt64
    var contentType: ContentType
    var authenticatedData: [UInt8]

    func write(to writer: inout ByteWriter) {
        writer.vector(self.groupID)
        writer.u64(self.epoch)
        writer.u8(self.contentType.rawValue)
        writer.vector(self.authenticatedData)
    }
}
