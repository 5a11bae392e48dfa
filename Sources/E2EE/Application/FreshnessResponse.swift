package import Wire

/// A Beacon for those who asked (kind 8, `docs/decisions/0010`): it was made after their questions.
package struct FreshnessResponse: TLSStruct, Equatable, Sendable {
    package let beacon: Beacon
    /// Of each question that is answered.
    package let nonces: [[UInt8]]

    /// Questions answered by one message.
    package static var noncesMax: Int { 128 }

    /// An answer to several questions.
    package init(_ beacon: Beacon, nonces: [[UInt8]]) {
        self.beacon = beacon
        self.nonces = nonces
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.beacon = try Beacon(reading: &reader)
        let bytes = try reader.opaque()
        guard bytes.count.isMultiple(of: Freshness.nonceByteCount),
            bytes.count <= Self.noncesMax * Freshness.nonceByteCount
        else { throw .illegalValue }
        self.nonces = stride(from: 0, to: bytes.count, by: Freshness.nonceByteCount).map {
            Array(bytes[$0..<($0 + Freshness.nonceByteCount)])
        }
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        self.beacon.write(to: &writer)
        writer.vector(self.nonces.flatMap { $0 })
    }
}
