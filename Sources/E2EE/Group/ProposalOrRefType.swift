/// How a Commit names a proposal (RFC 9420 §12.4).
package enum ProposalOrRefType: UInt8, Sendable {
    /// By value.
    case proposal = 1
    /// By reference.
    case reference = 2
}
