internal import Crypto
internal import FoundationEssentials

extension SwiftCryptoProvider {
    /// The public key of a KEM's private key.
    public func publicKey(_ kem: KEM, of key: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        guard kem != .x448 else { throw E2EEError(.usage, .unsupported) }
        do {
            // SAFETY: the key lives at least until swift-crypto has its own.
            return try unsafe key.withUnsafeBytes { key in
                let data =
                    switch kem {
                    case .x25519, .x448:
                        try unsafe Curve25519.KeyAgreement.PrivateKey(rawRepresentation: key).publicKey
                            .rawRepresentation
                    case .p256:
                        try unsafe P256.KeyAgreement.PrivateKey(rawRepresentation: key).publicKey.x963Representation
                    case .p384:
                        try unsafe P384.KeyAgreement.PrivateKey(rawRepresentation: key).publicKey.x963Representation
                    case .p521:
                        try unsafe P521.KeyAgreement.PrivateKey(rawRepresentation: key).publicKey.x963Representation
                    case .xWing:
                        try unsafe XWingMLKEM768X25519.PrivateKey(seedRepresentation: key, publicKey: nil).publicKey
                            .rawRepresentation
                    }
                return [UInt8](data)
            }
        } catch {
            throw E2EEError(.crypto, .primitive)
        }
    }

    /// Diffie-Hellman on the curve of a DHKEM.
    public func agree(_ kem: KEM, _ key: Span<UInt8>, with publicKey: Span<UInt8>) throws(E2EEError) -> Secret {
        let other = publicKey.copied()
        do {
            // SAFETY: the key lives at least until swift-crypto has its own.
            let shared = try unsafe key.withUnsafeBytes { key in
                switch kem {
                case .x25519:
                    try unsafe Curve25519.KeyAgreement.PrivateKey(rawRepresentation: key)
                        .sharedSecretFromKeyAgreement(with: .init(rawRepresentation: other))
                case .p256:
                    try unsafe P256.KeyAgreement.PrivateKey(rawRepresentation: key)
                        .sharedSecretFromKeyAgreement(with: .init(x963Representation: other))
                case .p384:
                    try unsafe P384.KeyAgreement.PrivateKey(rawRepresentation: key)
                        .sharedSecretFromKeyAgreement(with: .init(x963Representation: other))
                case .p521:
                    try unsafe P521.KeyAgreement.PrivateKey(rawRepresentation: key)
                        .sharedSecretFromKeyAgreement(with: .init(x963Representation: other))
                case .x448, .xWing: throw E2EEError(.usage, .unsupported)
                }
            }
            // All zero: the other key is a point of small order (RFC 7748 §6.1).
            guard unsafe kem != .x25519 || !shared.withUnsafeBytes({ unsafe $0.allSatisfy { $0 == 0 } }) else {
                throw E2EEError(.crypto, .primitive)
            }
            return Self.secret(shared)
        } catch {
            throw error as? E2EEError ?? E2EEError(.crypto, .primitive)
        }
    }

    /// X-Wing, sending side.
    public func encapsulateXWing(to publicKey: Span<UInt8>) throws(E2EEError) -> SecretPair {
        do {
            let result = try XWingMLKEM768X25519.PublicKey(rawRepresentation: publicKey.copied()).encapsulate()
            return SecretPair(secret: Self.secret(result.sharedSecret), bytes: [UInt8](result.encapsulated))
        } catch {
            throw E2EEError(.crypto, .primitive)
        }
    }

    /// X-Wing, receiving side.
    public func decapsulateXWing(_ encapsulated: Span<UInt8>, _ key: Span<UInt8>) throws(E2EEError) -> Secret {
        do {
            // SAFETY: the key lives at least until swift-crypto has its own.
            let key = try unsafe key.withUnsafeBytes {
                try unsafe XWingMLKEM768X25519.PrivateKey(seedRepresentation: $0, publicKey: nil)
            }
            return Self.secret(try key.decapsulate(Data(encapsulated.copied())))
        } catch {
            throw E2EEError(.crypto, .primitive)
        }
    }

    private static func secret(_ bytes: some ContiguousBytes) -> Secret {
        // SAFETY: the buffer is valid during the call, and copied there, once its length is known.
        unsafe Secret(count: bytes.withUnsafeBytes { $0.count }) { (out: inout MutableSpan<UInt8>) in
            unsafe out.withUnsafeMutableBytes { out in
                unsafe bytes.withUnsafeBytes { unsafe out.copyMemory(from: $0) }
            }
        }
    }
}
