/// Key and nonce of one message.
struct RatchetKey: Sendable {
    let key: HeldSecret
    let nonce: [UInt8]
}

/// One sender's keys of one sort (RFC 9420 §9.1): each generation is derived once and gone when used. Keys that were
/// skipped wait for late messages, the newest of them, up to a limit.
struct HashRatchet: Sendable {
    /// How far ahead a message may be (`e2ee.md` 4.1): more would be work that a member makes for everybody.
    static let forwardMax: UInt32 = 1_000
    /// How many skipped keys are kept for a sender (`e2ee.md` 4.1).
    static let skippedMax = 64

    private var secret: HeldSecret?
    /// The next generation that was not derived yet.
    private(set) var generation: UInt32 = 0
    private var skipped: [(generation: UInt32, key: RatchetKey)] = []

    init(_ secret: HeldSecret) { self.secret = secret }

    /// Generations whose key still waits.
    var waiting: [UInt32] { self.skipped.map { $0.generation } }

    /// The next key for sending, and its generation.
    mutating func next(_ crypto: SuiteCrypto<some CryptoProvider>) throws(E2EEError) -> (UInt32, RatchetKey) {
        let generation = self.generation
        return (generation, try self.step(crypto))
    }

    /// The key of `generation` for opening; it exists once.
    mutating func take(
        _ generation: UInt32, _ crypto: SuiteCrypto<some CryptoProvider>
    ) throws(E2EEError) -> RatchetKey {
        if generation < self.generation {
            guard let index = self.skipped.firstIndex(where: { $0.generation == generation }) else {
                throw E2EEError(.validation, .generation)
            }
            return self.skipped.remove(at: index).key
        }
        guard generation - self.generation <= Self.forwardMax else { throw E2EEError(.validation, .ahead) }
        while self.generation < generation {
            let passed = self.generation
            self.skipped.append((passed, try self.step(crypto)))
            if self.skipped.count > Self.skippedMax { self.skipped.removeFirst() }
        }
        return try self.step(crypto)
    }

    private mutating func step(_ crypto: SuiteCrypto<some CryptoProvider>) throws(E2EEError) -> RatchetKey {
        guard let held = self.secret, self.generation < UInt32.max else { throw E2EEError(.usage, .wornOut) }
        let key = RatchetKey(
            key: HeldSecret(
                crypto.deriveTree(
                    held.secret, asciiBytes("key"), self.generation, count: crypto.suite.aead.keyByteCount)),
            nonce: crypto.deriveTree(
                held.secret, asciiBytes("nonce"), self.generation, count: AEAD.nonceByteCount
            ).span.copied())
        self.secret = HeldSecret(
            crypto.deriveTree(held.secret, asciiBytes("secret"), self.generation, count: crypto.hashByteCount))
        self.generation += 1
        return key
    }
}
