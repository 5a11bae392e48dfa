/// Sorts of messages (RFC 9420 §6, §17.2).
package enum WireFormat: UInt16, Sendable {
    /// Signed, not encrypted.
    case publicMessage = 1
    /// Signed and encrypted.
    case privateMessage = 2
    /// For the members a Commit adds.
    case welcome = 3
    /// For joiners by external Commit.
    case groupInfo = 4
    /// For whoever adds its client.
    case keyPackage = 5
}
