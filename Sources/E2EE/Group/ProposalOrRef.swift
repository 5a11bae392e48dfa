package import Wire

/// A proposal in a Commit: itself, or the reference of one that was sent before (RFC 9420 §12.4).
package enum ProposalOrRef: TLSStruct, Equatable, Sendable {
    /// By value.
    case proposal(Proposal)
    /// By reference.
    case reference([UInt8])

    /// Reads the sort, then the value.
    package init(reading reader: inout ByteReader) throws(WireError) {
        switch try reader.choice(ProposalOrRefType.self) {
        case .proposal: self = .proposal(try Proposal(reading: &reader))
        case .reference: self = .reference(try reader.opaque())
        }
    }

    /// Writes the sort, then the value.
    package func write(to writer: inout ByteWriter) {
        switch self {
        case .proposal(let proposal):
            writer.u8(ProposalOrRefType.proposal.rawValue)
            proposal.write(to: &writer)
        case .reference(let reference):
            writer.u8(ProposalOrRefType.reference.rawValue)
            writer.vector(reference)
        }
    }
}
