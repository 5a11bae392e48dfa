/// The key and salt of one key id (RFC 9605 §4.4.2), and what they do to a frame (§4.4.3, §4.4.4). Who counts, and
/// whether a counter may be used, is not decided here.
public struct SFrameKey: ~Copyable, Sendable {
    /// The suite the key is for.
    public let suite: CipherSuite
    /// The key id it was derived for.
    public let keyID: UInt64
    private let key: Secret
    private let salt: Secret

    /// Derives key and salt for `keyID`.
    public init<Crypto: CryptoProvider>(
        _ suite: CipherSuite, baseKey: borrowing Secret, keyID: UInt64, _ crypto: Crypto
    ) {
        self.suite = suite
        self.keyID = keyID
        let secret = Self.secret(suite, baseKey: baseKey, crypto)
        self.key = HKDF<Crypto>.expand(
            crypto, suite.hash, key: secret, info: Self.keyInfo(suite, keyID), count: suite.keyByteCount)
        self.salt = HKDF<Crypto>.expand(
            crypto, suite.hash, key: secret, info: Self.saltInfo(suite, keyID), count: AEAD.nonceByteCount)
    }

    /// sframe_secret of a base key; package for the official vectors, which check every step.
    package static func secret<Crypto: CryptoProvider>(
        _ suite: CipherSuite, baseKey: borrowing Secret, _ crypto: Crypto
    ) -> Secret {
        let noSalt: [UInt8] = []
        return HKDF<Crypto>.extract(crypto, suite.hash, salt: noSalt.span, material: baseKey.span)
    }

    /// What the key of a key id is derived with.
    package static func keyInfo(_ suite: CipherSuite, _ keyID: UInt64) -> [UInt8] {
        asciiBytes("SFrame 1.0 Secret key ") + Self.suffix(suite, keyID)
    }

    /// What the salt of a key id is derived with.
    package static func saltInfo(_ suite: CipherSuite, _ keyID: UInt64) -> [UInt8] {
        asciiBytes("SFrame 1.0 Secret salt ") + Self.suffix(suite, keyID)
    }

    private static func suffix(_ suite: CipherSuite, _ keyID: UInt64) -> [UInt8] {
        bigEndian(keyID) + [UInt8(suite.rawValue >> 8), UInt8(suite.rawValue & 0xFF)]
    }

    /// Header, ciphertext and tag. Never call it twice with one counter.
    public borrowing func seal<Crypto: CryptoProvider>(
        counter: UInt64, metadata: [UInt8], _ plaintext: Span<UInt8>, _ crypto: Crypto
    ) throws(E2EEError) -> [UInt8] {
        let header = SFrameHeader(keyID: self.keyID, counter: counter).encoded()
        let aad = header + metadata
        let nonce = self.nonce(counter)
        switch self.suite.cipher {
        case .aead(let aead):
            return header
                + (try crypto.seal(aead, key: self.key.span, nonce: nonce.span, aad: aad.span, plaintext))
        case .counterMode(let keyByteCount):
            return header
                + (try CounterModeHMAC(suite: self.suite, keyByteCount: keyByteCount)
                    .seal(key: self.key, nonce: nonce, aad: aad, plaintext, crypto))
        }
    }

    /// The plaintext of a ciphertext with its tag, whose header was `header`.
    public borrowing func open<Crypto: CryptoProvider>(
        header: SFrameHeader, metadata: [UInt8], _ ciphertext: Span<UInt8>, _ crypto: Crypto
    ) throws(E2EEError) -> [UInt8] {
        guard header.keyID == self.keyID else { throw E2EEError(.usage, .malformed) }
        let aad = header.encoded() + metadata
        let nonce = self.nonce(header.counter)
        switch self.suite.cipher {
        case .aead(let aead):
            return try crypto.open(aead, key: self.key.span, nonce: nonce.span, aad: aad.span, ciphertext)
        case .counterMode(let keyByteCount):
            return try CounterModeHMAC(suite: self.suite, keyByteCount: keyByteCount)
                .open(key: self.key, nonce: nonce, aad: aad, ciphertext, crypto)
        }
    }

    /// Key and salt in the open.
    package struct Material: Equatable {
        package var key: [UInt8]
        package var salt: [UInt8]
        package init(key: [UInt8], salt: [UInt8]) {
            self.key = key
            self.salt = salt
        }
    }

    /// Key and salt in the open, for official vectors alone; a copy that nobody wipes.
    package var material: Material { Material(key: self.key.span.copied(), salt: self.salt.span.copied()) }

    /// The nonce of a counter, for official vectors.
    package borrowing func vectorNonce(_ counter: UInt64) -> [UInt8] { self.nonce(counter) }

    /// The salt with the counter XORed into its end.
    private borrowing func nonce(_ counter: UInt64) -> [UInt8] {
        var nonce = self.salt.span.copied()
        let bytes = bigEndian(counter)
        for index in 0..<8 { nonce[4 + index] ^= bytes[index] }
        return nonce
    }
}

/// The eight bytes of a number, the first the most significant.
func bigEndian(_ value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * $0)) }
}
