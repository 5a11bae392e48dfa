/// What a Commit would change. It is made before anything is adopted, so that the rules of a meeting can look at it.
package struct CommitReport: Sendable {
    /// Who committed.
    package let sender: Sender
    /// The committer's leaf in the new epoch.
    package let committer: UInt32
    /// Bytes of the application that the committer signed along.
    package let authenticatedData: [UInt8]
    /// Every proposal, with its origin.
    package let proposals: [ResolvedProposal]
    /// Leaves of members that come, an external committer included.
    package let added: [UInt32]
    /// Leaves of members that go.
    package let removed: [UInt32]
    /// Leaves that Updates replace.
    package let updated: [UInt32]
    /// The committer's leaf as its path has it; also there when the Commit removes us.
    package let pathLeaf: LeafNode?
    /// Bytes of the Commit's FramedContent.
    package let byteCount: Int
    /// Whether the Commit has a path.
    package let hasPath: Bool
    /// Whether we go.
    package let removesUs: Bool
    /// The context of the new epoch; its hashes are not filled in when we go.
    package let context: GroupContext
    /// The tree of the new epoch; without the committer's path when we go.
    package let tree: RatchetTree
    /// Set when the Commit closes the group.
    package let reInit: ReInit?
}
