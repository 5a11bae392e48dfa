package import Wire

/// A list of proposals, and the committer's new path (RFC 9420 §12.4).
package struct Commit: TLSStruct, Equatable, Sendable {
    package var proposals: [ProposalOrRef]
    package var path: UpdatePath?

    /// From its fields.
    package init(proposals: [ProposalOrRef], path: UpdatePath?) {
        self.proposals = proposals
        self.path = path
    }
}

extension Commit {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.proposals = try reader.list()
        self.path = try reader.optional()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.list(self.proposals)
        writer.optional(self.path)
    }
}
