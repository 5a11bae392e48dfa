package import Wire

/// The host's half of the word code (`e2ee.md` 9).
package struct LobbyAnswer: SelfSigned, Equatable, Sendable {
    package var requestHash: [UInt8]
    /// 32 random bytes.
    package var nonce: [UInt8]
    /// 1 English, 2 Dutch.
    package var wordlist: UInt8
    /// Chain of the leaf that signed.
    package var issuer: Chain
    package var signature: [UInt8] = []

    package static var signingLabel: StaticString { "lobby answer" }

    /// Unsigned, from its fields.
    package init(requestHash: [UInt8], nonce: [UInt8], wordlist: UInt8, issuer: Chain) {
        self.requestHash = requestHash
        self.nonce = nonce
        self.wordlist = wordlist
        self.issuer = issuer
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.requestHash = try reader.array(32)
        self.nonce = try reader.array(32)
        self.wordlist = try reader.u8()
        guard self.wordlist == 1 || self.wordlist == 2 else { throw .illegalValue }
        self.issuer = try Chain(reading: &reader)
        self.signature = try reader.signature()
    }

    /// Everything before the signature.
    package func writeUnsigned(to writer: inout ByteWriter) {
        writer.append(self.requestHash)
        writer.append(self.nonce)
        writer.u8(self.wordlist)
        self.issuer.write(to: &writer)
    }

    /// Whether somebody who may admit answered this request.
    package func isValid<Crypto: CryptoProvider>(requestHash: [UInt8], _ rule: ChainRule<Crypto>) -> Bool {
        guard let signer = self.issuer.subjectKey else { return false }
        return self.requestHash == requestHash && self.issuer.rights.contains(.admit)
            && rule.isValid(self.issuer, for: signer) && self.isSigned(by: signer, rule.crypto)
    }
}
