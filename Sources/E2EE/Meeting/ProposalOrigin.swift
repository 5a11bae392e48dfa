/// The columns of the table of `e2ee.md` 4.2: where a proposal comes from.
enum ProposalOrigin: Equatable, Sendable {
    /// It stands in the Commit itself.
    case value
    /// A member sent it before.
    case member(UInt32)
    /// The server sent it before.
    case server
    /// A joiner sent it before.
    case newMember

    init(_ item: ResolvedProposal) {
        guard item.reference != nil else {
            self = .value
            return
        }
        switch item.sender {
        case .member(let leaf): self = .member(leaf)
        case .external: self = .server
        case .newMemberProposal: self = .newMember
        case .newMemberCommit: self = .value
        }
    }
}
