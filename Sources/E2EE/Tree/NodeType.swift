/// Sorts of nodes (RFC 9420 §7.8).
package enum NodeType: UInt8, Sendable {
    /// A member.
    case leaf = 1
    /// The members below it.
    case parent = 2
}
