package import Wire

/// Asks for a Beacon that was made after it (kind 7, `docs/decisions/0010`).
package struct FreshnessChallenge: TLSStruct, Equatable, Sendable {
    /// 16 random bytes.
    package let nonce: [UInt8]

    /// A question with its nonce.
    package init(nonce: [UInt8]) { self.nonce = nonce }

    /// Reads the nonce.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.nonce = try reader.array(Freshness.nonceByteCount)
    }

    /// Writes the nonce.
    package func write(to writer: inout ByteWriter) { writer.append(self.nonce) }
}
