/// A proposal of a Commit, with who made it.
package struct ResolvedProposal: Equatable, Sendable {
    /// The proposal.
    package let proposal: Proposal
    /// Who made it: the committer, when it stands there by value.
    package let sender: Sender
    /// Its reference; nothing when it stands there by value.
    package let reference: [UInt8]?
    /// The authenticated data it was sent with; empty when it stands there by value.
    package let authenticatedData: [UInt8]

    /// From its fields.
    package init(proposal: Proposal, sender: Sender, reference: [UInt8]?, authenticatedData: [UInt8]) {
        self.proposal = proposal
        self.sender = sender
        self.reference = reference
        self.authenticatedData = authenticatedData
    }

    /// The member this proposal takes the leaf of, or replaces it.
    var affectedLeaf: UInt32? {
        switch (self.proposal, self.sender) {
        case (.remove(let remove), _): remove.removed
        case (.update, .member(let leaf)), (.selfRemove, .member(let leaf)): leaf
        default: nil
        }
    }
}
