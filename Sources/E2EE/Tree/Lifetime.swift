package import Wire

/// When a leaf node from a key package may be used, in Unix seconds (RFC 9420 §7.2).
package struct Lifetime: TLSStruct, Equatable, Sendable {
    package var notBefore: UInt64
    package var notAfter: UInt64

    /// From its fields.
    package init(notBefore: UInt64, notAfter: UInt64) {
        self.notBefore = notBefore
        self.notAfter = notAfter
    }
}

extension Lifetime {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.notBefore = try reader.u64()
        self.notAfter = try reader.u64()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u64(self.notBefore)
        writer.u64(self.notAfter)
    }

    /// Whether `now` lies inside.
    package func contains(_ now: UInt64) -> Bool { self.notBefore <= now && now <= self.notAfter }
}
