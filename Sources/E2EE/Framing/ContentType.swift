/// What a message carries (RFC 9420 §6).
package enum ContentType: UInt8, Sendable {
    /// Bytes of the application.
    case application = 1
    /// A proposal.
    case proposal = 2
    /// A Commit.
    case commit = 3
}
