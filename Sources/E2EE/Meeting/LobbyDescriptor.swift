package import Wire

/// What somebody with the link sees before a meeting: the key waiting people write to, and the sealed card
/// (`e2ee.md` 3.2).
package struct LobbyDescriptor: SelfSigned, Equatable, Sendable {
    package var instance: MeetingInstance
    /// Clients keep the highest they saw and refuse lower ones.
    package var revision: UInt32
    /// X-Wing public key, 1216 bytes.
    package var lobbyKey: [UInt8]
    /// 12 bytes.
    package var cardNonce: [UInt8]
    /// A sealed `MeetingCard`.
    package var card: [UInt8]
    package var signature: [UInt8] = []

    package static var signingLabel: StaticString { "lobby descriptor" }

    /// Unsigned, from its fields.
    package init(
        _ instance: MeetingInstance, revision: UInt32, lobbyKey: [UInt8], cardNonce: [UInt8], card: [UInt8]
    ) {
        self.instance = instance
        self.revision = revision
        self.lobbyKey = lobbyKey
        self.cardNonce = cardNonce
        self.card = card
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        try reader.formatOne()
        self.instance = try MeetingInstance(reading: &reader)
        self.revision = try reader.u32()
        self.lobbyKey = try reader.opaque(max: 1_216)
        guard self.lobbyKey.count == 1_216 else { throw .illegalValue }
        self.cardNonce = try reader.array(12)
        self.card = try reader.opaque(max: MeetingCard.byteCountMax + AEAD.tagByteCount)
        self.signature = try reader.signature()
    }

    /// Everything before the signature.
    package func writeUnsigned(to writer: inout ByteWriter) {
        writer.u8(1)
        self.instance.write(to: &writer)
        writer.u32(self.revision)
        writer.vector(self.lobbyKey)
        writer.append(self.cardNonce)
        writer.vector(self.card)
    }
}
