package import Wire

/// One certificate of a chain, as opaque bytes: the product has no X.509 (RFC 9420 §5.3).
package struct Certificate: TLSStruct, Equatable, Sendable {
    package var data: [UInt8]

    /// From its fields.
    package init(data: [UInt8]) {
        self.data = data
    }
}

extension Certificate {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.data = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.data)
    }
}
