internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

/// The native primitives: swift-crypto, which is BoringSSL. Only this folder knows Foundation's bytes, because
/// swift-crypto speaks in them. Keys and what is sealed are lent to it, never copied into an array, which would stay in
/// memory behind them.
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
        case .sha256: Self.hash(message, &out, SHA256.self)
        case .sha384: Self.hash(message, &out, SHA384.self)
        case .sha512: Self.hash(message, &out, SHA512.self)
        }
    }

    private static func hash<Function: Crypto.HashFunction>(
        _ message: Span<UInt8>, _ out: inout MutableSpan<UInt8>, _: Function.Type
    ) {
        var hasher = Function()
        Self.feed(message, to: &hasher)
        Self.copy(hasher.finalize(), &out)
    }

    /// HMAC of `message` (RFC 2104).
    public func hmac(
        _ function: HashFunction, key: Span<UInt8>, _ message: Span<UInt8>, _ out: inout MutableSpan<UInt8>
    ) {
        switch function {
        case .sha256: Self.hmac(key, message, &out, SHA256.self)
        case .sha384: Self.hmac(key, message, &out, SHA384.self)
        case .sha512: Self.hmac(key, message, &out, SHA512.self)
        }
    }

    /// Over swift-crypto's hash functions, which zero what they have seen; its own HMAC keeps the key in an array.
    private static func hmac<Function: Crypto.HashFunction>(
        _ key: Span<UInt8>, _ message: Span<UInt8>, _ out: inout MutableSpan<UInt8>, _: Function.Type
    ) {
        guard key.count <= Function.blockByteCount else {
            let short = Secret(count: Function.Digest.byteCount) { (digest: inout MutableSpan<UInt8>) in
                Self.hash(key, &digest, Function.self)
            }
            return Self.hmac(short.span, message, &out, Function.self)
        }
        var (inner, outer) = (Function(), Function())
        Self.feed(Self.pad(key, with: 0x36, Function.blockByteCount).span, to: &inner)
        Self.feed(message, to: &inner)
        Self.feed(Self.pad(key, with: 0x5C, Function.blockByteCount).span, to: &outer)
        // SAFETY: the digest's bytes live at least until they were taken in.
        unsafe inner.finalize().withUnsafeBytes { unsafe outer.update(bufferPointer: $0) }
        Self.copy(outer.finalize(), &out)
    }

    private static func pad(_ key: Span<UInt8>, with byte: UInt8, _ count: Int) -> Secret {
        Secret(count: count) { (block: inout MutableSpan<UInt8>) in
            for index in block.indices { block[index] = byte ^ (index < key.count ? key[index] : 0) }
        }
    }

    private static func feed<Function: Crypto.HashFunction>(_ bytes: Span<UInt8>, to hasher: inout Function) {
        // SAFETY: the bytes live at least until they were taken in.
        unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    }

    private static func copy(_ digest: some Digest, _ out: inout MutableSpan<UInt8>) {
        // SAFETY: both live during the call; the caller knows how long a digest is, and `copyMemory` checks it.
        unsafe out.withUnsafeMutableBytes { out in
            unsafe digest.withUnsafeBytes { unsafe out.copyMemory(from: $0) }
        }
    }

    /// Ciphertext and tag.
    public func seal(
        _ aead: AEAD, key: Span<UInt8>, nonce: Span<UInt8>, aad: Span<UInt8>, _ plaintext: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        guard key.count == aead.keyByteCount, nonce.count == AEAD.nonceByteCount else {
            throw E2EEError(.usage, .length)
        }
        let key = Self.symmetric(key)
        do {
            // SAFETY: the plaintext lives at least until it is sealed.
            return try unsafe plaintext.withUnsafeBytes { plaintext in
                if aead == .chaCha20Poly1305 {
                    let box = try unsafe ChaChaPoly.seal(
                        plaintext, using: key, nonce: ChaChaPoly.Nonce(data: nonce.copied()),
                        authenticating: aad.copied())
                    return [UInt8](box.ciphertext) + [UInt8](box.tag)
                }
                let box = try unsafe AES.GCM.seal(
                    plaintext, using: key, nonce: AES.GCM.Nonce(data: nonce.copied()), authenticating: aad.copied())
                return [UInt8](box.ciphertext) + [UInt8](box.tag)
            }
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
        var opened: Data
        do {
            if aead == .chaCha20Poly1305 {
                let box = try ChaChaPoly.SealedBox(
                    nonce: ChaChaPoly.Nonce(data: nonce.copied()), ciphertext: bytes[..<length],
                    tag: bytes[length...])
                opened = try ChaChaPoly.open(box, using: Self.symmetric(key), authenticating: aad.copied())
            } else {
                let box = try AES.GCM.SealedBox(
                    nonce: AES.GCM.Nonce(data: nonce.copied()), ciphertext: bytes[..<length], tag: bytes[length...])
                opened = try AES.GCM.open(box, using: Self.symmetric(key), authenticating: aad.copied())
            }
        } catch {
            throw E2EEError(.crypto, .authentication)
        }
        let plaintext = [UInt8](opened)
        opened.resetBytes(in: opened.startIndex..<opened.endIndex)
        return plaintext
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

    private static func symmetric(_ key: Span<UInt8>) -> SymmetricKey {
        // SAFETY: copied during the call, into memory that swift-crypto zeroes.
        unsafe key.withUnsafeBytes { unsafe SymmetricKey(data: $0) }
    }
}
