package import Wire

/// Adds the client of a key package (RFC 9420 §12.1.1).
package struct Add: TLSStruct, Equatable, Sendable {
    package var keyPackage: KeyPackage

    /// From its fields.
    package init(keyPackage: KeyPackage) {
        self.keyPackage = keyPackage
    }
}

extension Add {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.keyPackage = try KeyPackage(reading: &reader)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        self.keyPackage.write(to: &writer)
    }
}
