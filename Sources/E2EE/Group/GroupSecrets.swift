package import Wire

/// What a joiner needs beside the GroupInfo (RFC 9420 §12.4.3.1), between the seal that carries it and the secrets it
/// becomes.
package struct GroupSecrets: TLSStruct, Sendable {
    package var joinerSecret: HeldSecret
    package var pathSecret: PathSecret?
    package var psks: [PreSharedKeyID]

    /// From its fields.
    package init(joinerSecret: HeldSecret, pathSecret: PathSecret?, psks: [PreSharedKeyID]) {
        self.joinerSecret = joinerSecret
        self.pathSecret = pathSecret
        self.psks = psks
    }
}

extension GroupSecrets {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.joinerSecret = try reader.secret()
        self.pathSecret = try reader.optional()
        self.psks = try reader.list()
    }

    /// Writes the fields in order, in the open: for known answers. What is sent comes from `toSeal`.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.joinerSecret.secret.copied())
        writer.optional(self.pathSecret)
        writer.list(self.psks)
    }

    /// The same bytes as a secret.
    var toSeal: Secret {
        var names = ByteWriter()
        names.list(self.psks)
        let joiner = Self.vector(self.joinerSecret.secret)
        guard let path = self.pathSecret else { return Secret(joining: joiner.span, [0].span, names.bytes.span) }
        let pathVector = Self.vector(path.pathSecret.secret)
        let secrets = Secret(joining: joiner.span, [1].span, pathVector.span)
        return Secret(joining: secrets.span, names.bytes.span)
    }

    private static func vector(_ secret: borrowing Secret) -> Secret {
        var head = ByteWriter()
        head.varint(secret.count)
        return Secret(joining: head.bytes.span, secret)
    }
}
