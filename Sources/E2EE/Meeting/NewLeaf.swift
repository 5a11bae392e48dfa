/// A leaf that a Commit brings in.
struct NewLeaf: Sendable {
    /// The ways in, which are the rows of the door table (`e2ee.md` 4.2).
    enum Origin: Equatable, Sendable {
        /// An Add by value: somebody who may admit lets it in.
        case value
        /// An Add by reference, proposed by the joiner.
        case newMember
        /// An external Commit.
        case external(JoinAuth)
    }

    let origin: Origin
    let leafNode: LeafNode
    /// Number of its key package's suite; a path leaf has the group's.
    let suite: UInt16?
}
