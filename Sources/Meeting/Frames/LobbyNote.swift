package import Wire

/// A word to somebody who waits (`e2ee.md` 9): sealed for that person, but for what it means for the knock.
package struct LobbyNote: FrameBody {
    /// What becomes of the knock.
    package enum Decision: UInt8, Sendable {
        /// Nothing yet.
        case wait = 0
        /// It is refused, and forgotten here.
        case refused = 1
        /// Somebody will see to it.
        case soon = 2
    }

    /// Which knock.
    package var request: RequestHash
    /// HPKECiphertext: the encapsulated key.
    package var encapsulated: [UInt8]
    /// HPKECiphertext: the sealed note.
    package var ciphertext: [UInt8]
    /// What becomes of the knock.
    package var decision: Decision

    /// From its fields.
    package init(request: RequestHash, encapsulated: [UInt8], ciphertext: [UInt8], decision: Decision) {
        self.request = request
        self.encapsulated = encapsulated
        self.ciphertext = ciphertext
        self.decision = decision
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.request = try RequestHash(reading: &reader)
        self.encapsulated = try reader.opaque(atMost: 2_048)
        self.ciphertext = try reader.opaque(atMost: FrameLimits.lobby)
        guard let decision = Decision(rawValue: try reader.u8()) else { throw .illegalValue }
        self.decision = decision
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        self.request.write(to: &writer)
        writer.vector(self.encapsulated)
        writer.vector(self.ciphertext)
        writer.u8(self.decision.rawValue)
    }
}
