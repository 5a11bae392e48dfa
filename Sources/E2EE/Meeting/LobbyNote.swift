package import Wire

/// What the host writes to somebody who waits; it may bring the current invite secret (`e2ee.md` 9).
package struct LobbyNote: SelfSigned, Sendable {
    package var text: [UInt8]
    /// 16 bytes.
    package var inviteSecret: HeldSecret?
    package var issuer: Chain
    package var signature: [UInt8] = []

    package static var signingLabel: StaticString { "lobby note" }

    /// A signature with its length, which follows in the same array.
    private static var signatureRoom: Int { 72 }

    /// Unsigned, from its fields.
    package init(text: [UInt8], inviteSecret: HeldSecret?, issuer: Chain) {
        self.text = text
        self.inviteSecret = inviteSecret
        self.issuer = issuer
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.text = try reader.opaque(max: 2_048)
        switch try reader.u8() {
        case 0: self.inviteSecret = nil
        case 1:
            self.inviteSecret = try reader.secret(count: 16)
        default: throw .illegalValue
        }
        self.issuer = try Chain(reading: &reader)
        self.signature = try reader.signature()
    }

    /// Everything before the signature, the secret in the open: only for what is sealed or signed at once.
    package func writeUnsigned(to writer: inout ByteWriter) {
        let issuer = self.issuer.encoded
        writer.reserve(4 + self.text.count + 17 + issuer.count + Self.signatureRoom)
        writer.vector(self.text)
        if let secret = self.inviteSecret {
            writer.u8(1)
            var bytes = secret.secret.copied()
            writer.append(bytes)
            bytes.wipe()
        } else {
            writer.u8(0)
        }
        writer.append(issuer)
    }
}
