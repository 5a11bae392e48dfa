package import Wire

/// The secret of the lowest node that joiner and committer share (RFC 9420 §12.4.3.1).
package struct PathSecret: TLSStruct, Sendable {
    package var pathSecret: HeldSecret

    /// From its field.
    package init(_ pathSecret: HeldSecret) { self.pathSecret = pathSecret }
}

extension PathSecret {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) { self.pathSecret = try reader.secret() }

    /// Writes the fields in order, in the open: for known answers.
    package func write(to writer: inout ByteWriter) { writer.vector(self.pathSecret.secret.copied()) }
}
