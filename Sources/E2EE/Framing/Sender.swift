package import Wire

/// Who sent a message (RFC 9420 §6).
package enum Sender: TLSStruct, Equatable, Sendable {
    /// The member at a leaf.
    case member(UInt32)
    /// The external sender at an index of the extension.
    case external(UInt32)
    /// A joiner, proposing.
    case newMemberProposal
    /// A joiner, committing.
    case newMemberCommit

    /// Its sort.
    package var type: SenderType {
        switch self {
        case .member: .member
        case .external: .external
        case .newMemberProposal: .newMemberProposal
        case .newMemberCommit: .newMemberCommit
        }
    }

    /// Reads the sort, then the index that some have.
    package init(reading reader: inout ByteReader) throws(WireError) {
        switch try reader.choice(SenderType.self) {
        case .member: self = .member(try reader.u32())
        case .external: self = .external(try reader.u32())
        case .newMemberProposal: self = .newMemberProposal
        case .newMemberCommit: self = .newMemberCommit
        }
    }

    /// Writes the sort, then the index that some have.
    package func write(to writer: inout ByteWriter) {
        writer.u8(self.type.rawValue)
        switch self {
        case .member(let index), .external(let index): writer.u32(index)
        case .newMemberProposal, .newMemberCommit: break
        }
    }
}
