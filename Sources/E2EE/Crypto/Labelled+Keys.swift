/// The labelled functions of `e2ee.md`, Notation, that take keys: Sign and Seal, both of suite 0xF0B1.
extension Labelled {
    private static func suite(_ crypto: Crypto) -> SuiteCrypto<Crypto> {
        SuiteCrypto(suite: .xWing, provider: crypto)
    }

    /// Sign(k, L, x): SignWithLabel, so that the signed label reads "MLS 1.0 Beraad 1 …".
    static func sign(
        _ crypto: Crypto, _ key: borrowing Secret, _ label: StaticString, _ content: [UInt8]
    ) throws(E2EEError) -> [UInt8] {
        try self.suite(crypto).sign(key, self.full(label), content)
    }

    /// Whether `signature` is Sign(k, L, x) for this public key.
    static func isSigned(
        _ crypto: Crypto, by key: [UInt8], _ label: StaticString, _ content: [UInt8], _ signature: [UInt8]
    ) -> Bool {
        self.suite(crypto).verify(key, self.full(label), content, signature)
    }

    /// Seal(pk, L, ctx, pt): EncryptWithLabel.
    static func seal(
        _ crypto: Crypto, to key: [UInt8], _ label: StaticString, _ context: Span<UInt8>, _ plaintext: [UInt8]
    ) throws(E2EEError) -> HPKECiphertext {
        try self.suite(crypto).encrypt(to: key, self.full(label), context, plaintext.span)
    }

    /// What was sealed to the owner of `key`.
    static func open(
        _ crypto: Crypto, _ key: borrowing Secret, _ label: StaticString, _ context: Span<UInt8>,
        _ ciphertext: HPKECiphertext
    ) throws(E2EEError) -> Secret {
        try self.suite(crypto).decrypt(key, self.full(label), context, ciphertext)
    }

    /// The X-Wing public key of a private key.
    static func boxKey(_ crypto: Crypto, of key: borrowing Secret) throws(E2EEError) -> [UInt8] {
        try self.suite(crypto).publicKey(of: key)
    }

    /// HMAC-SHA256.
    static func mac(_ crypto: Crypto, _ key: borrowing Secret, _ message: [UInt8]) -> [UInt8] {
        self.suite(crypto).mac(key, message)
    }

    /// SHA-256 without a label, for what others name by it.
    static func sha256(_ crypto: Crypto, _ bytes: [UInt8]) -> [UInt8] { self.suite(crypto).hash(bytes) }

    /// AES-256-GCM of a card.
    static func sealCard(
        _ crypto: Crypto, _ key: borrowing Secret, nonce: [UInt8], aad: [UInt8], _ plaintext: [UInt8]
    ) throws(E2EEError) -> [UInt8] {
        try crypto.seal(.aes256GCM, key: key.span, nonce: nonce.span, aad: aad.span, plaintext.span)
    }

    /// Opens a card.
    static func openCard(
        _ crypto: Crypto, _ key: borrowing Secret, nonce: [UInt8], aad: [UInt8], _ ciphertext: [UInt8]
    ) throws(E2EEError) -> [UInt8] {
        try crypto.open(.aes256GCM, key: key.span, nonce: nonce.span, aad: aad.span, ciphertext.span)
    }

    /// The Ed25519 public key of a seed.
    static func publicKey(_ crypto: Crypto, ofSeed seed: borrowing Secret) throws(E2EEError) -> [UInt8] {
        try crypto.publicKey(ofSeed: seed.span)
    }
}
