package import E2EE
internal import Synchronization

/// The real primitives with random numbers that follow from a seed, so that a meeting that ended badly can be held again.
/// The real KEM cannot be seeded from outside; a meeting that has to repeat byte for byte takes a stand-in of the same
/// sizes, which **protects nothing**. A ledger sees every secret that goes through.
package struct SeededCryptoProvider: ForwardingCryptoProvider {
    private final class Source: Sendable {
        let generator: Mutex<SeededGenerator>

        init(seed: UInt64) { self.generator = Mutex(SeededGenerator(seed: seed)) }
    }

    package let real = SwiftCryptoProvider()
    private let source: Source
    private let hasRealKEM: Bool
    private let ledger: SecretLedger?
    private let nonces: NonceLog?

    /// A provider whose keys follow from `seed`; with the stand-in also what it encapsulates.
    package init(seed: UInt64, hasRealKEM: Bool, ledger: SecretLedger? = nil, nonces: NonceLog? = nil) {
        self.source = Source(seed: seed)
        self.hasRealKEM = hasRealKEM
        self.ledger = ledger
        self.nonces = nonces
    }

    package func random(_ out: inout MutableSpan<UInt8>) throws(E2EEError) {
        // One byte at a time: a secret that stood in an array would stay in memory after it.
        for index in out.indices { out[index] = self.source.generator.withLock { $0.byte() } }
    }

    package func hmac(
        _ function: HashFunction, key: Span<UInt8>, _ message: Span<UInt8>, _ out: inout MutableSpan<UInt8>
    ) {
        self.real.hmac(function, key: key, message, &out)
        self.ledger?.saw(hmac: key, message, out.span)
    }

    package func seal(
        _ aead: AEAD, key: Span<UInt8>, nonce: Span<UInt8>, aad: Span<UInt8>, _ plaintext: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        self.ledger?.saw(cipherKey: key)
        self.nonces?.sealed(key, nonce)
        return try self.real.seal(aead, key: key, nonce: nonce, aad: aad, plaintext)
    }

    package func open(
        _ aead: AEAD, key: Span<UInt8>, nonce: Span<UInt8>, aad: Span<UInt8>, _ ciphertext: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        self.ledger?.saw(cipherKey: key)
        return try self.real.open(aead, key: key, nonce: nonce, aad: aad, ciphertext)
    }

    package func signatureKey(_ scheme: SignatureScheme) throws(E2EEError) -> Secret {
        guard scheme == .ed25519 else { throw E2EEError(.usage, .unsupported) }
        return try Secret(count: 32) { (out: inout MutableSpan<UInt8>) throws(E2EEError) in try self.random(&out) }
    }

    package func publicKey(_ scheme: SignatureScheme, of key: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        let publicKey = try self.real.publicKey(scheme, of: key)
        self.ledger?.saw(signatureKey: key, of: publicKey)
        return publicKey
    }

    // MARK: The stand-in for X-Wing

    private static var publicKeyByteCount: Int { 1_216 }
    private static var encapsulatedByteCount: Int { 1_120 }

    package func publicKey(_ kem: KEM, of key: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        guard kem == .xWing, !self.hasRealKEM else {
            let publicKey = try self.real.publicKey(kem, of: key)
            self.ledger?.saw(privateKey: key, of: publicKey)
            return publicKey
        }
        guard key.count == 32 else { throw E2EEError(.crypto, .primitive) }
        // It has to look like a key: coefficients below the modulus (FIPS 203 §7.2), and a point of no small order.
        let head = self.digest(of: key.copied()).map { $0 & 0x77 }
        return head + [UInt8](repeating: 0x11, count: Self.publicKeyByteCount - head.count)
    }

    package func encapsulateXWing(to publicKey: Span<UInt8>) throws(E2EEError) -> SecretPair {
        guard !self.hasRealKEM else {
            let pair = try self.real.encapsulateXWing(to: publicKey)
            self.ledger?.saw(encapsulated: pair.secret)
            return pair
        }
        guard publicKey.count == Self.publicKeyByteCount else { throw E2EEError(.crypto, .primitive) }
        let nonce = self.source.generator.withLock { $0.bytes(32) }
        let shared = self.digest(of: publicKey.copied().prefix(32) + nonce)
        return SecretPair(
            secret: Secret(copying: shared.span),
            bytes: nonce + [UInt8](repeating: 0, count: Self.encapsulatedByteCount - nonce.count))
    }

    package func decapsulateXWing(_ encapsulated: Span<UInt8>, _ key: Span<UInt8>) throws(E2EEError) -> Secret {
        guard !self.hasRealKEM else {
            let secret = try self.real.decapsulateXWing(encapsulated, key)
            self.ledger?.saw(encapsulated: secret)
            return secret
        }
        guard encapsulated.count == Self.encapsulatedByteCount else { throw E2EEError(.crypto, .primitive) }
        let own = try self.publicKey(.xWing, of: key)
        let shared = self.digest(of: own.prefix(32) + encapsulated.copied().prefix(32))
        return Secret(copying: shared.span)
    }

    private func digest(of message: some Sequence<UInt8>) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var out = digest.mutableSpan
        self.hash(.sha256, Array(message).span, &out)
        return digest
    }
}
