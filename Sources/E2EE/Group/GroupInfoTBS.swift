internal import Wire

/// What the signature of a GroupInfo covers (RFC 9420 §12.4.3).
struct GroupInfoTBS: TLSWritable, Sendable {
    var groupInfo: GroupInfo

    func write(to writer: inout ByteWriter) {
        self.groupInfo.groupContext.write(to: &writer)
        writer.list(self.groupInfo.extensions)
        writer.vector(self.groupInfo.confirmationTag)
        writer.u32(self.groupInfo.signer)
    }
}
