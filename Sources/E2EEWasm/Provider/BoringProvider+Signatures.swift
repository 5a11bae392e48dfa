import CE2EEShim
import E2EE

extension BoringProvider {
    /// A fresh Ed25519 seed.
    func signatureKey(_ scheme: SignatureScheme) throws(E2EEError) -> Secret {
        guard scheme == .ed25519 else { throw E2EEError(.usage, .unsupported) }
        return try Secret(count: 32) { (out: inout MutableSpan<UInt8>) throws(E2EEError) in try self.random(&out) }
    }

    /// The public key of a seed.
    func publicKey(_ scheme: SignatureScheme, of key: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        guard scheme == .ed25519 else { throw E2EEError(.usage, .unsupported) }
        guard key.count == 32 else { throw E2EEError(.usage, .length) }
        // SAFETY: the seed has 32 bytes, and so has what C writes.
        let publicKey = unsafe key.lend { key, _ in
            unsafe written(32) {
                unsafe beraad_ed25519_public(key, $0)
                return 1
            }
        }
        guard let publicKey else { throw E2EEError(.crypto, .primitive) }
        return publicKey
    }

    /// A signature over `message`.
    func sign(
        _ scheme: SignatureScheme, _ key: Span<UInt8>, _ message: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        guard scheme == .ed25519 else { throw E2EEError(.usage, .unsupported) }
        guard key.count == 32 else { throw E2EEError(.usage, .length) }
        // SAFETY: the seed has 32 bytes; C writes a signature of 64.
        let signature = unsafe key.lend { key, _ in
            unsafe message.lend { message, count in
                unsafe written(64) { unsafe beraad_ed25519_sign(key, message, count, $0) }
            }
        }
        guard let signature else { throw E2EEError(.crypto, .primitive) }
        return signature
    }

    /// Whether a signature holds. What has another length verifies nothing.
    func verify(
        _ scheme: SignatureScheme, _ publicKey: Span<UInt8>, _ message: Span<UInt8>, _ signature: Span<UInt8>
    ) -> Bool {
        guard scheme == .ed25519, publicKey.count == 32, signature.count == 64 else { return false }
        // SAFETY: both fixed lengths were checked.
        return unsafe publicKey.lend { key, _ in
            unsafe message.lend { message, count in
                unsafe signature.lend { signature, _ in
                    unsafe beraad_ed25519_verify(key, message, count, signature) == 1
                }
            }
        }
    }
}
