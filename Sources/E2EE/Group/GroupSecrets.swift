package import Wire

/// What a joiner needs beside the GroupInfo (RFC 9420 §12.4.3.1). It holds secrets in the open, between the seal that
/// carries them and the secrets they become, and nowhere else.
package struct GroupSecrets: TLSStruct, Sendable {
    package var joinerSecret: [UInt8]
    package var pathSecret: PathSecret?
    package var psks: [PreSharedKeyID]

    /// From its fields.
    package init(joinerSecret: [UInt8], pathSecret: PathSecret?, psks: [PreSharedKeyID]) {
        self.joinerSecret = joinerSecret
        self.pathSecret = pathSecret
        self.psks = psks
    }
}

extension GroupSecrets {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.joinerSecret = try reader.opaque()
        self.pathSecret = try reader.optional()
        self.psks = try reader.list()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.joinerSecret)
        writer.optional(self.pathSecret)
        writer.list(self.psks)
    }
}
