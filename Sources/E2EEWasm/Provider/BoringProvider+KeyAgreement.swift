import CE2EEShim
import E2EE

extension BoringProvider {
    private static var xWingPublicKeyByteCount: Int { 1_216 }
    private static var xWingEncapsulationByteCount: Int { 1_120 }

    /// The public key of a KEM's private key.
    func publicKey(_ kem: KEM, of key: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        guard kem == .x25519 || kem == .xWing else { throw E2EEError(.usage, .unsupported) }
        guard key.count == 32 else { throw E2EEError(.crypto, .primitive) }
        // SAFETY: the key has 32 bytes; C writes one public key, for which there is room.
        let publicKey = unsafe key.lend { key, _ in
            if kem == .xWing {
                unsafe written(Self.xWingPublicKeyByteCount) { unsafe beraad_xwing_public(key, $0) }
            } else {
                unsafe written(32) {
                    unsafe beraad_x25519_public(key, $0)
                    return 1
                }
            }
        }
        guard let publicKey else { throw E2EEError(.crypto, .primitive) }
        return publicKey
    }

    /// X25519.
    func agree(_ kem: KEM, _ key: Span<UInt8>, with publicKey: Span<UInt8>) throws(E2EEError) -> Secret {
        guard kem == .x25519 else { throw E2EEError(.usage, .unsupported) }
        guard key.count == 32, publicKey.count == 32 else { throw E2EEError(.crypto, .primitive) }
        return try unsafe writtenSecret(32) { out in
            // SAFETY: all three have 32 bytes.
            unsafe key.lend { key, _ in
                unsafe publicKey.lend { other, _ in unsafe beraad_x25519_agree(key, other, out) }
            }
        }
    }

    /// X-Wing, sending side.
    func encapsulateXWing(to publicKey: Span<UInt8>) throws(E2EEError) -> SecretPair {
        guard publicKey.count == Self.xWingPublicKeyByteCount else { throw E2EEError(.crypto, .primitive) }
        var encapsulated: [UInt8]?
        let secret = try unsafe writtenSecret(32) { secret in
            // SAFETY: the key's length was checked; C writes an encapsulation and a secret, for which there is room.
            encapsulated = unsafe publicKey.lend { key, _ in
                unsafe written(Self.xWingEncapsulationByteCount) {
                    unsafe beraad_xwing_encapsulate(key, $0, secret)
                }
            }
            return encapsulated == nil ? 0 : 1
        }
        guard let encapsulated else { throw E2EEError(.crypto, .primitive) }
        return SecretPair(secret: secret, bytes: encapsulated)
    }

    /// X-Wing, receiving side.
    func decapsulateXWing(_ encapsulated: Span<UInt8>, _ key: Span<UInt8>) throws(E2EEError) -> Secret {
        guard key.count == 32, encapsulated.count == Self.xWingEncapsulationByteCount else {
            throw E2EEError(.crypto, .primitive)
        }
        return try unsafe writtenSecret(32) { out in
            // SAFETY: both lengths were checked; C writes 32 bytes.
            unsafe key.lend { key, _ in
                unsafe encapsulated.lend { sent, _ in unsafe beraad_xwing_decapsulate(key, sent, out) }
            }
        }
    }
}
