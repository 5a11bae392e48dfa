/// What follows from the key of a file and the salt of its object (`e2ee.md` 8, Files).
struct FileKeys: Sendable {
    /// Seals the chunks.
    let content: HeldSecret
    /// The first seven bytes of every nonce.
    let prefix: [UInt8]
    /// Stands in the head: without it one object could open under two keys, as two files.
    let commitment: [UInt8]

    init<Crypto: CryptoProvider>(key: borrowing Secret, salt: [UInt8], _ crypto: Crypto) {
        let root = HKDF<Crypto>.extract(crypto, .sha256, salt: salt.span, material: key.span)
        self.content = HeldSecret(Labelled<Crypto>.derive(crypto, from: root, "file key", [], count: 32))
        self.prefix = Labelled<Crypto>.derive(crypto, from: root, "file nonce", [], count: 7).copied()
        self.commitment = Labelled<Crypto>.derive(crypto, from: root, "file commit", [], count: 32).copied()
    }

    /// Seals one chunk.
    func seal<Crypto: CryptoProvider>(
        _ plaintext: Span<UInt8>, _ nonce: [UInt8], head: [UInt8], _ crypto: Crypto
    ) throws(E2EEError) -> [UInt8] {
        try Self.seal(self.content.secret, plaintext, nonce, head, crypto)
    }

    /// Opens one chunk.
    func open<Crypto: CryptoProvider>(
        _ sealed: Span<UInt8>, _ nonce: [UInt8], head: [UInt8], _ crypto: Crypto
    ) throws(E2EEError) -> [UInt8] {
        try Self.open(self.content.secret, sealed, nonce, head, crypto)
    }

    private static func seal<Crypto: CryptoProvider>(
        _ key: borrowing Secret, _ plaintext: Span<UInt8>, _ nonce: [UInt8], _ head: [UInt8], _ crypto: Crypto
    ) throws(E2EEError) -> [UInt8] {
        try crypto.seal(.aes256GCM, key: key.span, nonce: nonce.span, aad: head.span, plaintext)
    }

    private static func open<Crypto: CryptoProvider>(
        _ key: borrowing Secret, _ sealed: Span<UInt8>, _ nonce: [UInt8], _ head: [UInt8], _ crypto: Crypto
    ) throws(E2EEError) -> [UInt8] {
        try crypto.open(.aes256GCM, key: key.span, nonce: nonce.span, aad: head.span, sealed)
    }

    /// Number and place of a chunk: neither can be moved, left out or said twice.
    func nonce(of chunk: UInt32, isLast: Bool) -> [UInt8] {
        let number = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: chunk >> UInt32($0)) }
        return self.prefix + number + [isLast ? 1 : 0]
    }
}
