/// Sorts of senders (RFC 9420 §6).
package enum SenderType: UInt8, Sendable {
    /// A member of the group.
    case member = 1
    /// Somebody in the extension `external_senders`.
    case external = 2
    /// A joiner who proposes to add itself.
    case newMemberProposal = 3
    /// A joiner who commits to add itself.
    case newMemberCommit = 4
}
