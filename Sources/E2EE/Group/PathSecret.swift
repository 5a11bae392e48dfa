package import Wire

/// The secret of the lowest node that joiner and committer share (RFC 9420 §12.4.3.1).
package struct PathSecret: TLSStruct, Sendable {
    package var pathSecret: [UInt8]

    /// From its fields.
    package init(pathSecret: [UInt8]) {
        self.pathSecret = pathSecret
    }
}

extension PathSecret {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.pathSecret = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.pathSecret)
    }
}
