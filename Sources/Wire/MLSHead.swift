/// The head of an MLSMessage (RFC 9420 §6): what the delivery service may read of a message (`e2ee.md` 5), and nothing
/// behind it. Whether the message is genuine is the members' business.
package struct MLSHead: Equatable, Sendable {
    /// Who says to have sent it (RFC 9420 §6).
    package enum Sender: Equatable, Sendable {
        /// The member at a leaf.
        case member(UInt32)
        /// An external sender of the group, by its index.
        case external(UInt32)
        /// A joiner, proposing.
        case newMemberProposal
        /// A joiner, committing.
        case newMemberCommit
    }

    /// What it carries (RFC 9420 §6).
    package enum Content: UInt8, Sendable {
        /// Bytes of the application.
        case application = 1
        /// A proposal.
        case proposal = 2
        /// A Commit.
        case commit = 3
    }

    /// The form, with what can be seen of it.
    package enum Form: Equatable, Sendable {
        /// Signed and open; `contentOffset` is where the content starts.
        case open(Sender, Content, contentOffset: Int)
        /// Encrypted: the sender is not to be seen.
        case sealed(Content)
        /// The GroupInfo of a group.
        case groupInfo
    }

    /// The group's id.
    package let groupID: [UInt8]
    /// The epoch it belongs to.
    package let epoch: UInt64
    /// The form.
    package let form: Form

    /// Reads the head of a message; what stands behind it is neither read nor checked.
    package init(_ bytes: RawSpan) throws(WireError) {
        var reader = ByteReader(bytes)
        guard try reader.u16() == MLSNumbers.version else { throw .illegalValue }
        switch try reader.u16() {
        case MLSNumbers.publicMessage:
            self.groupID = try reader.vector().array()
            self.epoch = try reader.u64()
            let sender = try Sender(reading: &reader)
            _ = try reader.vector()
            let content = try Self.content(&reader)
            self.form = .open(sender, content, contentOffset: reader.offset)
        case MLSNumbers.privateMessage:
            self.groupID = try reader.vector().array()
            self.epoch = try reader.u64()
            self.form = .sealed(try Self.content(&reader))
        case MLSNumbers.groupInfo:
            guard try reader.u16() == MLSNumbers.version else { throw .illegalValue }
            _ = try reader.u16()
            self.groupID = try reader.vector().array()
            self.epoch = try reader.u64()
            self.form = .groupInfo
        default: throw .illegalValue
        }
    }

    private static func content(_ reader: inout ByteReader) throws(WireError) -> Content {
        guard let content = Content(rawValue: try reader.u8()) else { throw .illegalValue }
        return content
    }
}

extension MLSHead.Sender {
    fileprivate init(reading reader: inout ByteReader) throws(WireError) {
        switch try reader.u8() {
        case 1: self = .member(try reader.u32())
        case 2: self = .external(try reader.u32())
        case 3: self = .newMemberProposal
        case 4: self = .newMemberCommit
        default: throw .illegalValue
        }
    }
}
