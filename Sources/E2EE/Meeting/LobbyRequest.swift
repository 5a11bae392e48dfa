package import Wire

/// A knock (`e2ee.md` 9). The server sees a key package and sealed bytes.
package struct LobbyRequest: TLSStruct, Equatable, Sendable {
    package var instance: MeetingInstance
    /// An encoded `KeyPackage`.
    package var keyPackage: [UInt8]
    /// H("lobby commit", nonce_J)
    package var commitment: [UInt8]
    /// An encoded `ReentryPass`, or nothing.
    package var pass: [UInt8]
    package var card: HPKECiphertext
    /// HMAC-SHA256(lobby_mac_key, everything before)
    package var mac: [UInt8]

    init(
        _ instance: MeetingInstance, keyPackage: [UInt8], commitment: [UInt8], pass: [UInt8], card: HPKECiphertext
    ) {
        self.instance = instance
        self.keyPackage = keyPackage
        self.commitment = commitment
        self.pass = pass
        self.card = card
        self.mac = []
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        try reader.formatOne()
        self.instance = try MeetingInstance(reading: &reader)
        self.keyPackage = try reader.opaque(max: 16 * 1_024)
        self.commitment = try reader.array(32)
        self.pass = try reader.opaque(max: 2_048)
        self.card = try HPKECiphertext(reading: &reader)
        guard self.card.kemOutput.count <= 1_120, self.card.ciphertext.count <= 2_048 + AEAD.tagByteCount else {
            throw .illegalValue
        }
        self.mac = try reader.array(32)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.append(self.beforeMAC)
        writer.append(self.mac)
    }

    /// What the MAC covers.
    var beforeMAC: [UInt8] {
        var writer = ByteWriter()
        writer.u8(1)
        self.instance.write(to: &writer)
        writer.vector(self.keyPackage)
        writer.append(self.commitment)
        writer.vector(self.pass)
        self.card.write(to: &writer)
        return writer.bytes
    }

    /// H("lobby request", LobbyRequest): how answers, reveals and notes name it.
    package func hash<Crypto: CryptoProvider>(_ crypto: Crypto) -> [UInt8] {
        Labelled<Crypto>.hash(crypto, "lobby request", self.encoded)
    }
}
