package import Wire

/// Replaces the whole list of the group's extensions (RFC 9420 §12.1.7).
package struct GroupContextExtensions: TLSStruct, Equatable, Sendable {
    package var extensions: [Extension]

    /// From its fields.
    package init(extensions: [Extension]) {
        self.extensions = extensions
    }
}

extension GroupContextExtensions {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.extensions = try reader.list()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.list(self.extensions)
    }
}
