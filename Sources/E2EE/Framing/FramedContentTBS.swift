internal import Wire

/// What the signature of a message covers (RFC 9420 §6.1): also the form it travels in, and for members and joiners the
/// state of the group it is meant for.
struct FramedContentTBS: TLSWritable, Sendable {
    var wireFormat: WireFormat
    var content: FramedContent
    /// The group's context; needed when the sender's type includes it.
    var context: GroupContext

    func write(to writer: inout ByteWriter) {
        writer.u16(ProtocolVersion.mls10)
        writer.u16(self.wireFormat.rawValue)
        self.content.write(to: &writer)
        switch self.content.sender.type {
        case .member, .newMemberCommit: self.context.write(to: &writer)
        case .external, .newMemberProposal: break
        }
    }
}
