/// What a Commit is to contain.
package struct CommitPlan: Sendable {
    /// When there is a path.
    package enum Path: Sendable {
        /// Always: the committer's keys heal.
        case always
        /// Only where the standard asks for it.
        case whenNeeded
    }

    /// Which waiting proposals it covers. Whoever commits chooses, by the rules of the meeting: one that may not stand there
    /// would spoil the whole Commit.
    package enum Waiting: Sendable {
        /// These, by reference.
        case only([[UInt8]])
    }

    /// Proposals of the committer, by value.
    package var proposals: [Proposal] = []
    package var waiting = Waiting.only([])
    package var path = Path.always
    package var authenticatedData: [UInt8] = []
    package var wireFormat = WireFormat.publicMessage
    package var padding = Padding.buckets
    /// Keys for PreSharedKey proposals, beside the group's own.
    package var preSharedKeys = PreSharedKeys()
    /// A new identity for the committer's leaf.
    package var identity: LeafIdentity?
    /// Unix seconds; key packages outside their lifetime are refused. Nothing: not looked at.
    package var now: UInt64?
    package var purpose = GroupPurpose.ordinary
    /// Whether a Welcome brings the tree; else joiners fetch it and compare its hash.
    package var welcomeHasTree = true
    /// Extensions of the GroupInfo in the Welcome, beside tree and external key.
    package var groupInfoExtensions: [Extension] = []

    /// An empty Commit with a path.
    package init() {}
}
