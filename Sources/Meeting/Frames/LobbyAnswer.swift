package import Wire

/// A host's answer to a knock (`e2ee.md` 9); whether it is genuine decides who knocked.
package struct LobbyAnswer: FrameBody {
    /// All its bytes.
    package let bytes: [UInt8]
    /// Which knock.
    package let request: RequestHash

    /// Reads the fields in order and keeps the bytes as they are.
    package init(reading reader: inout ByteReader) throws(WireError) {
        let start = reader.offset
        self.request = try RequestHash(reading: &reader)
        _ = try reader.take(32)  // nonce
        _ = try reader.u8()  // wordlist
        _ = try Chain(reading: &reader)
        _ = try reader.opaque(atMost: 64)  // signature
        self.bytes = reader.bytes.array(start..<reader.offset)
    }

    /// Writes the bytes as they came.
    package func write(to writer: inout ByteWriter) { writer.append(self.bytes) }
}
