import CE2EEShim
import E2EE

/// The primitives in the browser: BoringSSL's C sources behind the shim. What the product's suite needs is here, and with
/// it MLS suites 1 and 3, which the official vectors cover (`e2ee.md` 14). The NIST curves are not: no meeting uses them,
/// and everybody would load them.
struct BoringProvider: CryptoProvider {
    /// X25519 or X-Wing, Ed25519, SHA-256, and all the ciphers.
    static func has(_ suite: GroupSuite) -> Bool {
        suite == .xWing || suite == .x25519AES || suite == .x25519ChaCha
    }

    /// Fills `out` with the page's random bytes. The page throws when it has none; the call then ends with it.
    func random(_ out: inout MutableSpan<UInt8>) throws(E2EEError) {
        // SAFETY: C writes exactly as many bytes as the span has.
        unsafe out.withUnsafeMutableBufferPointer { unsafe beraad_random($0.baseAddress, $0.count) }
    }

    /// The digest of `message`.
    func hash(_ function: HashFunction, _ message: Span<UInt8>, _ out: inout MutableSpan<UInt8>) {
        precondition(out.count == function.byteCount, "the caller knows how long a digest is")
        // SAFETY: C reads `count` bytes and writes one digest, for which there is room.
        unsafe out.withUnsafeMutableBufferPointer { out in
            unsafe message.lend { unsafe beraad_hash(Int32(function.rawValue), $0, $1, out.baseAddress) }
        }
    }

    /// HMAC of `message`.
    func hmac(
        _ function: HashFunction, key: Span<UInt8>, _ message: Span<UInt8>, _ out: inout MutableSpan<UInt8>
    ) {
        precondition(out.count == function.byteCount, "the caller knows how long a digest is")
        // SAFETY: C reads both counts and writes one digest, for which there is room.
        let answer = unsafe out.withUnsafeMutableBufferPointer { out in
            unsafe key.lend { key, keyCount in
                unsafe message.lend {
                    unsafe beraad_hmac(Int32(function.rawValue), key, keyCount, $0, $1, out.baseAddress)
                }
            }
        }
        // It fails for want of memory only, and a digest of zeros would be a key.
        precondition(answer == 1, "HMAC takes every key and every message")
    }

    /// Ciphertext and tag.
    func seal(
        _ aead: AEAD, key: Span<UInt8>, nonce: Span<UInt8>, aad: Span<UInt8>, _ plaintext: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        try Self.check(aead, key, nonce)
        // SAFETY: lengths of key and nonce were checked; C writes what it read and a tag.
        let sealed = unsafe key.lend { key, keyCount in
            unsafe nonce.lend { nonce, _ in
                unsafe aad.lend { aad, aadCount in
                    unsafe plaintext.lend { text, count in
                        unsafe written(count + AEAD.tagByteCount) {
                            unsafe beraad_seal(
                                Int32(aead.rawValue), key, keyCount, nonce, aad, aadCount, text, count, $0)
                        }
                    }
                }
            }
        }
        guard let sealed else { throw E2EEError(.crypto, .primitive) }
        return sealed
    }

    /// Plaintext, or `authentication`.
    func open(
        _ aead: AEAD, key: Span<UInt8>, nonce: Span<UInt8>, aad: Span<UInt8>, _ ciphertext: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        try Self.check(aead, key, nonce)
        guard ciphertext.count >= AEAD.tagByteCount else { throw E2EEError(.crypto, .authentication) }
        // SAFETY: lengths of key, nonce and tag were checked; C writes what it read without the tag.
        let opened = unsafe key.lend { key, keyCount in
            unsafe nonce.lend { nonce, _ in
                unsafe aad.lend { aad, aadCount in
                    unsafe ciphertext.lend { text, count in
                        unsafe written(count - AEAD.tagByteCount) {
                            unsafe beraad_open(
                                Int32(aead.rawValue), key, keyCount, nonce, aad, aadCount, text, count, $0)
                        }
                    }
                }
            }
        }
        guard let opened else { throw E2EEError(.crypto, .authentication) }
        return opened
    }

    private static func check(_ aead: AEAD, _ key: Span<UInt8>, _ nonce: Span<UInt8>) throws(E2EEError) {
        guard key.count == aead.keyByteCount, nonce.count == AEAD.nonceByteCount else {
            throw E2EEError(.usage, .length)
        }
    }

    /// AES in counter mode.
    func counterMode(key: Span<UInt8>, start: Span<UInt8>, _ data: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        guard key.count == 16 || key.count == 32, start.count == 16 else { throw E2EEError(.usage, .length) }
        // SAFETY: lengths of key and start block were checked; C writes as many bytes as it reads.
        let out = unsafe key.lend { key, keyCount in
            unsafe start.lend { start, _ in
                unsafe data.lend { data, count in
                    unsafe written(count) { unsafe beraad_counter_mode(key, keyCount, start, data, count, $0) }
                }
            }
        }
        guard let out else { throw E2EEError(.crypto, .primitive) }
        return out
    }
}
