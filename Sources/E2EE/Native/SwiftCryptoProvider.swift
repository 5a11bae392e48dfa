internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

/// The native primitives: swift-crypto, which is BoringSSL. Only this folder knows Foundation's bytes, because
/// swift-crypto speaks in them.
public struct SwiftCryptoProvider: CryptoProvider {
    /// All but X448 and Ed448.
    public static func has(_ suite: GroupSuite) -> Bool { suite != .x448AES && suite != .x448ChaCha }

    /// There is nothing to configure.
    public init() {}

    /// Fills `out` from the system's generator.
    public func random(_ out: inout MutableSpan<UInt8>) throws(E2EEError) {
        var generator = SystemRandomNumberGenerator()
        var word: UInt64 = 0
        for index in out.indices {
            if index % 8 == 0 { word = generator.next() }
            out[index] = UInt8(truncatingIfNeeded: word)
            word >>= 8
        }
    }

    /// The digest of `message`.
    public func hash(_ function: HashFunction, _ message: Span<UInt8>, _ out: inout MutableSpan<UInt8>) {
        switch function {
        case .sha256: Self.copy(SHA256.hash(data: message.copied()), &out)
        case .sha384: Self.copy(SHA384.hash(data: message.copied()), &out)
        case .sha512: Self.copy(SHA512.hash(data: message.copied()), &out)
        }
    }

    /// HMAC of `message`.
    public func hmac(
        _ function: HashFunction, key: Span<UInt8>, _ message: Span<UInt8>, _ out: inout MutableSpan<UInt8>
    ) {
        let key = Self.symmetric(key)
        switch function {
        case .sha256: Self.copy(HMAC<SHA256>.authenticationCode(for: message.copied(), using: key), &out)
        case .sha384: Self.copy(HMAC<SHA384>.authenticationCode(for: message.copied(), using: key), &out)
        case .sha512: Self.copy(HMAC<SHA512>.authenticationCode(for: message.copied(), using: key), &out)
        }
    }

    /// Ciphertext and tag.
    public func seal(
        _ aead: AEAD, key: Span<UInt8>, nonce: Span<UInt8>, aad: Span<UInt8>, _ plaintext: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        guard key.count == aead.keyByteCount, nonce.count == AEAD.nonceByteCount else {
            throw E2EEError(.usage, .length)
        }
        do {
            if aead == .chaCha20Poly1305 {
                let box = try ChaChaPoly.seal(
                    plaintext.copied(), using: Self.symmetric(key), nonce: ChaChaPoly.Nonce(data: nonce.copied()),
                    authenticating: aad.copied())
                return [UInt8](box.ciphertext) + [UInt8](box.tag)
            }
            let box = try AES.GCM.seal(
                plaintext.copied(), using: Self.symmetric(key), nonce: AES.GCM.Nonce(data: nonce.copied()),
                authenticating: aad.copied())
            return [UInt8](box.ciphertext) + [UInt8](box.tag)
        } catch {
            throw E2EEError(.crypto, .primitive)
        }
    }

    /// Plaintext, or `authentication`.
    public func open(
        _ aead: AEAD, key: Span<UInt8>, nonce: Span<UInt8>, aad: Span<UInt8>, _ ciphertext: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        guard key.count == aead.keyByteCount, nonce.count == AEAD.nonceByteCount else {
            throw E2EEError(.usage, .length)
        }
        let length = ciphertext.count - AEAD.tagByteCount
        guard length >= 0 else { throw E2EEError(.crypto, .authentication) }
        let bytes = ciphertext.copied()
        do {
            if aead == .chaCha20Poly1305 {
                let box = try ChaChaPoly.SealedBox(
                    nonce: ChaChaPoly.Nonce(data: nonce.copied()), ciphertext: bytes[..<length],
                    tag: bytes[length...])
                return [UInt8](try ChaChaPoly.open(box, using: Self.symmetric(key), authenticating: aad.copied()))
            }
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce.copied()), ciphertext: bytes[..<length], tag: bytes[length...])
            return [UInt8](try AES.GCM.open(box, using: Self.symmetric(key), authenticating: aad.copied()))
        } catch {
            throw E2EEError(.crypto, .authentication)
        }
    }

    /// AES in counter mode.
    public func counterMode(
        key: Span<UInt8>, start: Span<UInt8>, _ data: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        guard key.count == 16 || key.count == 32, start.count == 16 else { throw E2EEError(.usage, .length) }
        guard !data.isEmpty else { return [] }
        do {
            return [UInt8](
                try AES._CTR.encrypt(
                    data.copied(), using: Self.symmetric(key), nonce: AES._CTR.Nonce(nonceBytes: start.copied())))
        } catch {
            throw E2EEError(.crypto, .primitive)
        }
    }

    static func symmetric(_ key: Span<UInt8>) -> SymmetricKey { SymmetricKey(data: key.copied()) }

    private static func copy(_ digest: some Sequence<UInt8>, _ out: inout MutableSpan<UInt8>) {
        var index = 0
        for byte in digest {
            out[index] = byte
            index += 1
        }
    }
}
