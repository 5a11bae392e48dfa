package import Wire

/// Opens the commitment of a knock, once a host has answered (`e2ee.md` 9).
package struct LobbyReveal: FrameBody {
    /// Which knock.
    package var request: RequestHash
    /// What was committed to.
    package var nonce: [UInt8]

    /// From its fields.
    package init(request: RequestHash, nonce: [UInt8]) {
        self.request = request
        self.nonce = nonce
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.request = try RequestHash(reading: &reader)
        self.nonce = try reader.array(32)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        self.request.write(to: &writer)
        writer.append(self.nonce)
    }
}
