internal import Crypto
internal import FoundationEssentials

extension SwiftCryptoProvider {
    /// The public key of a KEM's private key.
    public func publicKey(_ kem: KEM, of key: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        guard kem != .x448 else { throw E2EEError(.usage, .unsupported) }
        let key = key.copied()
        do {
            let data =
                switch kem {
                case .x25519, .x448:
                    try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: key).publicKey.rawRepresentation
                case .p256: try P256.KeyAgreement.PrivateKey(rawRepresentation: key).publicKey.x963Representation
                case .p384: try P384.KeyAgreement.PrivateKey(rawRepresentation: key).publicKey.x963Representation
                case .p521: try P521.KeyAgreement.PrivateKey(rawRepresentation: key).publicKey.x963Representation
                case .xWing:
                    try XWingMLKEM768X25519.PrivateKey(seedRepresentation: key, publicKey: nil).publicKey
                        .rawRepresentation
                }
            return [UInt8](data)
        } catch {
            throw E2EEError(.crypto, .primitive)
        }
    }

    /// Diffie-Hellman on the curve of a DHKEM.
    public func agree(_ kem: KEM, _ key: Span<UInt8>, with publicKey: Span<UInt8>) throws(E2EEError) -> Secret {
        let key = key.copied()
        let other = publicKey.copied()
        do {
            switch kem {
            case .x25519:
                let shared = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: key)
                    .sharedSecretFromKeyAgreement(with: .init(rawRepresentation: other))
                // All zero: the other key is a point of small order (RFC 7748 §6.1).
                guard unsafe !shared.withUnsafeBytes({ unsafe $0.allSatisfy { $0 == 0 } }) else {
                    throw CryptoKitError.incorrectParameterSize
                }
                return Self.secret(shared)
            case .p256:
                return Self.secret(
                    try P256.KeyAgreement.PrivateKey(rawRepresentation: key)
                        .sharedSecretFromKeyAgreement(with: .init(x963Representation: other)))
            case .p384:
                return Self.secret(
                    try P384.KeyAgreement.PrivateKey(rawRepresentation: key)
                        .sharedSecretFromKeyAgreement(with: .init(x963Representation: other)))
            case .p521:
                return Self.secret(
                    try P521.KeyAgreement.PrivateKey(rawRepresentation: key)
                        .sharedSecretFromKeyAgreement(with: .init(x963Representation: other)))
            case .x448, .xWing: break
            }
        } catch {
            throw E2EEError(.crypto, .primitive)
        }
        throw E2EEError(.usage, .unsupported)
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
            let key = try XWingMLKEM768X25519.PrivateKey(seedRepresentation: key.copied(), publicKey: nil)
            return Self.secret(try key.decapsulate(Data(encapsulated.copied())))
        } catch {
            throw E2EEError(.crypto, .primitive)
        }
    }

    private static func secret(_ bytes: some ContiguousBytes) -> Secret {
        // SAFETY: the buffer is valid during the call, and copied there.
        var copy = unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
        let secret = Secret(copying: copy.span)
        for index in copy.indices { copy[index] = 0 }
        return secret
    }
}
