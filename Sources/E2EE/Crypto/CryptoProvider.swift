/// A hash function of the profile.
public enum HashFunction: UInt8, Sendable, BitwiseCopyable {
    /// SHA-256: everything of version 1.
    case sha256
    /// SHA-384: MLS suite 7, for the vectors.
    case sha384
    /// SHA-512: SFrame suites 5 to 8, MLS suites 4 to 6.
    case sha512

    /// Bytes of a digest.
    public var byteCount: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }
}

/// An authenticated cipher with a 12-byte nonce and a 16-byte tag at the end of the ciphertext.
public enum AEAD: UInt8, Sendable, BitwiseCopyable {
    /// AES-128-GCM.
    case aes128GCM
    /// AES-256-GCM.
    case aes256GCM
    /// ChaCha20-Poly1305 (RFC 8439): MLS suites 3 and 6, for the vectors.
    case chaCha20Poly1305

    /// Bytes of a key.
    public var keyByteCount: Int { self == .aes128GCM ? 16 : 32 }
    /// Bytes of every tag.
    public static var tagByteCount: Int { 16 }
    /// Bytes of every nonce.
    public static var nonceByteCount: Int { 12 }
}

/// The seam between the protocol and its primitives: swift-crypto in native programs, BoringSSL's C sources in the
/// browser (`wasm.md` 4). Always a generic constraint, never `any`. HKDF, HPKE, DHKEM, the key schedules and the
/// counter-mode suites are our own code over it, so that both providers stay small and run the same vectors.
public protocol CryptoProvider: Sendable {
    /// Whether it has every primitive of a suite; what it has not throws `unsupported`.
    static func has(_ suite: GroupSuite) -> Bool

    /// Fills `out` from the system's generator.
    func random(_ out: inout MutableSpan<UInt8>) throws(E2EEError)
    /// The digest of `message`; `out` is as long as the digest.
    func hash(_ function: HashFunction, _ message: Span<UInt8>, _ out: inout MutableSpan<UInt8>)
    /// HMAC of `message`; `out` is as long as the digest.
    func hmac(
        _ function: HashFunction, key: Span<UInt8>, _ message: Span<UInt8>, _ out: inout MutableSpan<UInt8>)
    /// Ciphertext and tag.
    func seal(
        _ aead: AEAD, key: Span<UInt8>, nonce: Span<UInt8>, aad: Span<UInt8>, _ plaintext: Span<UInt8>
    ) throws(E2EEError) -> [UInt8]
    /// Plaintext, or `authentication`.
    func open(
        _ aead: AEAD, key: Span<UInt8>, nonce: Span<UInt8>, aad: Span<UInt8>, _ ciphertext: Span<UInt8>
    ) throws(E2EEError) -> [UInt8]
    /// AES in counter mode from a full 16-byte start block; the key is 16 or 32 bytes. Both directions are the same.
    func counterMode(key: Span<UInt8>, start: Span<UInt8>, _ data: Span<UInt8>) throws(E2EEError) -> [UInt8]

    /// A fresh signature key: a seed for EdDSA, a scalar for ECDSA.
    func signatureKey(_ scheme: SignatureScheme) throws(E2EEError) -> Secret
    /// The public key of a signature key.
    func publicKey(_ scheme: SignatureScheme, of key: Span<UInt8>) throws(E2EEError) -> [UInt8]
    /// A signature over `message`.
    func sign(_ scheme: SignatureScheme, _ key: Span<UInt8>, _ message: Span<UInt8>) throws(E2EEError) -> [UInt8]
    /// Whether `signature` is a signature over `message`. A key or signature that does not parse verifies nothing.
    func verify(
        _ scheme: SignatureScheme, _ publicKey: Span<UInt8>, _ message: Span<UInt8>, _ signature: Span<UInt8>
    ) -> Bool

    /// The public key of a KEM's private key; throws when there is no such private key.
    func publicKey(_ kem: KEM, of key: Span<UInt8>) throws(E2EEError) -> [UInt8]
    /// Diffie-Hellman on the curve of a DHKEM: the shared x coordinate. Throws on a public key outside the group and on
    /// an all-zero result (RFC 9180 §7.1.4).
    func agree(_ kem: KEM, _ key: Span<UInt8>, with publicKey: Span<UInt8>) throws(E2EEError) -> Secret
    /// X-Wing: a fresh shared secret, and the 1120 bytes that carry it to the owner of `publicKey`.
    func encapsulateXWing(to publicKey: Span<UInt8>) throws(E2EEError) -> SecretPair
    /// X-Wing: the shared secret in `encapsulated`.
    func decapsulateXWing(_ encapsulated: Span<UInt8>, _ key: Span<UInt8>) throws(E2EEError) -> Secret
}

/// Ed25519 without naming it: the only signature of links, profiles and certificates.
extension CryptoProvider {
    /// The Ed25519 public key of a 32-byte seed.
    public func publicKey(ofSeed seed: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        try self.publicKey(.ed25519, of: seed)
    }

    /// An Ed25519 signature by a 32-byte seed.
    public func sign(_ seed: Span<UInt8>, _ message: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        try self.sign(.ed25519, seed, message)
    }

    /// Whether `signature` is an Ed25519 signature over `message`.
    public func verify(_ publicKey: Span<UInt8>, _ message: Span<UInt8>, _ signature: Span<UInt8>) -> Bool {
        self.verify(.ed25519, publicKey, message, signature)
    }

    /// `count` fresh random bytes as a secret.
    func randomSecret(_ count: Int) throws(E2EEError) -> Secret {
        try Secret(count: count) { (out: inout MutableSpan<UInt8>) throws(E2EEError) in try self.random(&out) }
    }

    /// `count` fresh random bytes that may be seen.
    func randomBytes(_ count: Int) throws(E2EEError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var out = bytes.mutableSpan
        try self.random(&out)
        return bytes
    }
}
