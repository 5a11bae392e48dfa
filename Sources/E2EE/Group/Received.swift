/// What a message turned out to be.
package enum Received: Sendable {
    /// Bytes of the application from the member at a leaf.
    case application(leaf: UInt32, bytes: [UInt8], authenticatedData: [UInt8])
    /// A proposal, which is kept for a Commit.
    case proposal(ResolvedProposal)
    /// A Commit, signed by whom it says; nothing of it is in force.
    case commit(VerifiedCommit)
}

/// A Commit whose signature and membership tag hold. Only the group makes one, so that nothing unverified is validated.
package struct VerifiedCommit: Sendable {
    let message: AuthenticatedContent

    /// Who committed.
    package var sender: Sender { self.message.content.sender }
}
