package import Wire

/// Mixes a pre-shared key into the next epoch (RFC 9420 §12.1.4).
package struct PreSharedKey: TLSStruct, Equatable, Sendable {
    package var psk: PreSharedKeyID

    /// From its fields.
    package init(psk: PreSharedKeyID) {
        self.psk = psk
    }
}

extension PreSharedKey {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.psk = try PreSharedKeyID(reading: &reader)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        self.psk.write(to: &writer)
    }
}
