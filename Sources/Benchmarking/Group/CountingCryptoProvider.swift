internal import E2EE
internal import Synchronization

/// Counts what a group asks of its primitives. Random numbers follow from a seed. The KEM is a stand-in of the same sizes,
/// which **protects nothing**, unless somebody wants to know how long the real one takes; everything else is real.
struct CountingCryptoProvider: CryptoProvider {
    /// How often each was asked for.
    struct Counts: Sendable {
        /// Encapsulations: HPKE seals, and what an external joiner starts with.
        var seals = 0
        var opens = 0
        var signatures = 0
        var verifications = 0
    }

    private struct Tally: Sendable {
        var counts = Counts()
        var dice: Dice
    }

    private final class Shared: Sendable {
        let tally: Mutex<Tally>

        init(seed: UInt64) { self.tally = Mutex(Tally(dice: Dice(seed: seed))) }
    }

    private let real = SwiftCryptoProvider()
    private let shared: Shared
    private let hasRealKEM: Bool

    init(seed: UInt64, hasRealKEM: Bool = false) {
        self.shared = Shared(seed: seed)
        self.hasRealKEM = hasRealKEM
    }

    /// Counted so far.
    var counts: Counts { self.shared.tally.withLock { $0.counts } }

    private func count(_ body: (inout Counts) -> Void) { self.shared.tally.withLock { body(&$0.counts) } }

    static func has(_ suite: GroupSuite) -> Bool { SwiftCryptoProvider.has(suite) }

    func random(_ out: inout MutableSpan<UInt8>) throws(E2EEError) {
        let bytes = self.shared.tally.withLock { $0.dice.bytes(out.count) }
        for index in out.indices { out[index] = bytes[index] }
    }

    func hash(_ function: HashFunction, _ message: Span<UInt8>, _ out: inout MutableSpan<UInt8>) {
        self.real.hash(function, message, &out)
    }

    func hmac(
        _ function: HashFunction, key: Span<UInt8>, _ message: Span<UInt8>, _ out: inout MutableSpan<UInt8>
    ) {
        self.real.hmac(function, key: key, message, &out)
    }

    func seal(
        _ aead: AEAD, key: Span<UInt8>, nonce: Span<UInt8>, aad: Span<UInt8>, _ plaintext: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        try self.real.seal(aead, key: key, nonce: nonce, aad: aad, plaintext)
    }

    func open(
        _ aead: AEAD, key: Span<UInt8>, nonce: Span<UInt8>, aad: Span<UInt8>, _ ciphertext: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        try self.real.open(aead, key: key, nonce: nonce, aad: aad, ciphertext)
    }

    func counterMode(key: Span<UInt8>, start: Span<UInt8>, _ data: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        try self.real.counterMode(key: key, start: start, data)
    }

    func signatureKey(_ scheme: SignatureScheme) throws(E2EEError) -> Secret {
        guard scheme == .ed25519 else { throw E2EEError(.usage, .unsupported) }
        return try Secret(count: 32) { (out: inout MutableSpan<UInt8>) throws(E2EEError) in try self.random(&out) }
    }

    func publicKey(_ scheme: SignatureScheme, of key: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        try self.real.publicKey(scheme, of: key)
    }

    func sign(_ scheme: SignatureScheme, _ key: Span<UInt8>, _ message: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        self.count { $0.signatures += 1 }
        return try self.real.sign(scheme, key, message)
    }

    func verify(
        _ scheme: SignatureScheme, _ publicKey: Span<UInt8>, _ message: Span<UInt8>, _ signature: Span<UInt8>
    ) -> Bool {
        self.count { $0.verifications += 1 }
        return self.real.verify(scheme, publicKey, message, signature)
    }

    // MARK: X-Wing, or its stand-in

    private static var publicKeyByteCount: Int { 1_216 }
    private static var encapsulatedByteCount: Int { 1_120 }

    func publicKey(_ kem: KEM, of key: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        guard kem == .xWing, !self.hasRealKEM else { return try self.real.publicKey(kem, of: key) }
        // It has to look like a key: coefficients below the modulus (FIPS 203 §7.2), and a point of no small order.
        let head = self.digest(of: key.copied()).map { $0 & 0x77 }
        return head + [UInt8](repeating: 0x11, count: Self.publicKeyByteCount - head.count)
    }

    func agree(_ kem: KEM, _ key: Span<UInt8>, with publicKey: Span<UInt8>) throws(E2EEError) -> Secret {
        try self.real.agree(kem, key, with: publicKey)
    }

    func encapsulateXWing(to publicKey: Span<UInt8>) throws(E2EEError) -> SecretPair {
        self.count { $0.seals += 1 }
        guard !self.hasRealKEM else { return try self.real.encapsulateXWing(to: publicKey) }
        let nonce = self.shared.tally.withLock { $0.dice.bytes(32) }
        let shared = self.digest(of: publicKey.copied().prefix(32) + nonce)
        let rest = [UInt8](repeating: 0, count: Self.encapsulatedByteCount - nonce.count)
        return SecretPair(secret: Secret(copying: shared.span), bytes: nonce + rest)
    }

    func decapsulateXWing(_ encapsulated: Span<UInt8>, _ key: Span<UInt8>) throws(E2EEError) -> Secret {
        self.count { $0.opens += 1 }
        guard !self.hasRealKEM else { return try self.real.decapsulateXWing(encapsulated, key) }
        let own = try self.publicKey(.xWing, of: key)
        return Secret(copying: self.digest(of: own.prefix(32) + encapsulated.copied().prefix(32)).span)
    }

    private func digest(of message: some Sequence<UInt8>) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var out = digest.mutableSpan
        self.hash(.sha256, Array(message).span, &out)
        return digest
    }
}
