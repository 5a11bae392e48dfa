package import Wire

/// What EncryptWithLabel binds a ciphertext to (RFC 9420 §5.1.3).
package struct EncryptContext: TLSStruct, Equatable, Sendable {
    /// With `MLS 1.0 ` before it.
    package var label: [UInt8]
    package var context: [UInt8]

    /// From its fields.
    package init(label: [UInt8], context: [UInt8]) {
        self.label = label
        self.context = context
    }
}

extension EncryptContext {
    /// The bytes of one. As a secret, because the context of a card at the door has a key in it (`e2ee.md` 9).
    static func info(_ label: [UInt8], _ context: Span<UInt8>) -> Secret {
        var head = ByteWriter()
        head.vector(label)
        head.varint(context.count)
        return Secret(joining: head.bytes.span, context)
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.label = try reader.opaque()
        self.context = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.label)
        writer.vector(self.context)
    }
}
