/// A hash function of the profile.
public enum HashFunction: UInt8, Sendable, BitwiseCopyable {
    /// SHA-256: everything of version 1.
    case sha256
    /// SHA-512: SFrame suites 5 to 8.
    case sha512

    /// Bytes of a digest.
    public var byteCount: Int { self == .sha256 ? 32 : 64 }
}

/// An authenticated cipher with a 12-byte nonce and a 16-byte tag at the end of the ciphertext.
public enum AEAD: UInt8, Sendable, BitwiseCopyable {
    /// AES-128-GCM.
    case aes128GCM
    /// AES-256-GCM.
    case aes256GCM

    /// Bytes of a key.
    public var keyByteCount: Int { self == .aes128GCM ? 16 : 32 }
    /// Bytes of every tag.
    public static var tagByteCount: Int { 16 }
    /// Bytes of every nonce.
    public static var nonceByteCount: Int { 12 }
}

/// The seam between the protocol and its primitives: swift-crypto in native programs, BoringSSL's C sources in the
/// browser (`wasm.md` 4). Always a generic constraint, never `any`. HKDF, the SFrame key schedule and the counter-mode
/// suites are our own code over it. The key encapsulation of `e2ee.md` 13 joins with the group protocol.
public protocol CryptoProvider: Sendable {
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
    /// The Ed25519 public key of a 32-byte seed.
    func publicKey(ofSeed seed: Span<UInt8>) throws(E2EEError) -> [UInt8]
    /// An Ed25519 signature by a 32-byte seed.
    func sign(_ seed: Span<UInt8>, _ message: Span<UInt8>) throws(E2EEError) -> [UInt8]
    /// Whether `signature` is an Ed25519 signature over `message`.
    func verify(_ publicKey: Span<UInt8>, _ message: Span<UInt8>, _ signature: Span<UInt8>) -> Bool
}
