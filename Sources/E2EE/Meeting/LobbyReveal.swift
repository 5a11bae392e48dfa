package import Wire

/// The joiner's half of the word code, shown after the answer (`e2ee.md` 9).
package struct LobbyReveal: TLSStruct, Equatable, Sendable {
    package var requestHash: [UInt8]
    /// What the request's commitment is of.
    package var nonce: [UInt8]

    /// From its fields.
    package init(requestHash: [UInt8], nonce: [UInt8]) {
        self.requestHash = requestHash
        self.nonce = nonce
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.requestHash = try reader.array(32)
        self.nonce = try reader.array(32)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.append(self.requestHash)
        writer.append(self.nonce)
    }
}
