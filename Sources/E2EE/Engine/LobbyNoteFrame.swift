package import Wire

/// Words of the host for somebody who waits, sealed, with what they mean for the server (`e2ee.md` 5, type 05).
package struct LobbyNoteFrame: TLSStruct, Equatable, Sendable {
    /// What the host decided.
    package enum Decision: UInt8, Sendable {
        case wait
        case refused
        case soon
    }

    /// The request it answers, 32 bytes.
    package let requestHash: [UInt8]
    package let sealed: HPKECiphertext
    package let decision: Decision

    /// A note from its fields.
    package init(requestHash: [UInt8], sealed: HPKECiphertext, decision: Decision) {
        self.requestHash = requestHash
        self.sealed = sealed
        self.decision = decision
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.requestHash = try reader.array(32)
        self.sealed = try HPKECiphertext(reading: &reader)
        self.decision = try reader.choice()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.append(self.requestHash)
        self.sealed.write(to: &writer)
        writer.u8(self.decision.rawValue)
    }
}
