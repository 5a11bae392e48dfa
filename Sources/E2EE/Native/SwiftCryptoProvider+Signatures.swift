internal import Crypto
internal import FoundationEssentials

extension SwiftCryptoProvider {
    /// A fresh signature key.
    public func signatureKey(_ scheme: SignatureScheme) throws(E2EEError) -> Secret {
        switch scheme {
        // Any 32 bytes are a seed (RFC 8032 §5.1.5).
        case .ed25519: try self.randomSecret(32)
        case .p256: Secret(copying: [UInt8](P256.Signing.PrivateKey().rawRepresentation).span)
        case .p384: Secret(copying: [UInt8](P384.Signing.PrivateKey().rawRepresentation).span)
        case .p521: Secret(copying: [UInt8](P521.Signing.PrivateKey().rawRepresentation).span)
        case .ed448: throw E2EEError(.usage, .unsupported)
        }
    }

    /// The public key of a signature key.
    public func publicKey(_ scheme: SignatureScheme, of key: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        guard scheme != .ed448 else { throw E2EEError(.usage, .unsupported) }
        do {
            // SAFETY: the key lives at least until swift-crypto has its own.
            return try unsafe key.withUnsafeBytes { key in
                let data =
                    switch scheme {
                    case .ed25519, .ed448:
                        try unsafe Curve25519.Signing.PrivateKey(rawRepresentation: key).publicKey.rawRepresentation
                    case .p256: try unsafe P256.Signing.PrivateKey(rawRepresentation: key).publicKey.x963Representation
                    case .p384: try unsafe P384.Signing.PrivateKey(rawRepresentation: key).publicKey.x963Representation
                    case .p521: try unsafe P521.Signing.PrivateKey(rawRepresentation: key).publicKey.x963Representation
                    }
                return [UInt8](data)
            }
        } catch {
            throw E2EEError(.usage, .length)
        }
    }

    /// A signature over `message`.
    public func sign(
        _ scheme: SignatureScheme, _ key: Span<UInt8>, _ message: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        guard scheme != .ed448 else { throw E2EEError(.usage, .unsupported) }
        let message = message.copied()
        do {
            // SAFETY: the key lives at least until swift-crypto has its own.
            return try unsafe key.withUnsafeBytes { key in
                let data =
                    switch scheme {
                    case .ed25519, .ed448:
                        try unsafe Curve25519.Signing.PrivateKey(rawRepresentation: key).signature(for: message)
                    case .p256:
                        try unsafe P256.Signing.PrivateKey(rawRepresentation: key).signature(for: message)
                            .derRepresentation
                    case .p384:
                        try unsafe P384.Signing.PrivateKey(rawRepresentation: key).signature(for: message)
                            .derRepresentation
                    case .p521:
                        try unsafe P521.Signing.PrivateKey(rawRepresentation: key).signature(for: message)
                            .derRepresentation
                    }
                return [UInt8](data)
            }
        } catch {
            throw E2EEError(.usage, .length)
        }
    }

    /// Whether a signature holds. What does not parse verifies nothing, which is the answer the caller needs.
    public func verify(
        _ scheme: SignatureScheme, _ publicKey: Span<UInt8>, _ message: Span<UInt8>, _ signature: Span<UInt8>
    ) -> Bool {
        let key = publicKey.copied()
        let message = message.copied()
        let signature = signature.copied()
        do {
            switch scheme {
            case .ed25519:
                return try Curve25519.Signing.PublicKey(rawRepresentation: key)
                    .isValidSignature(signature, for: message)
            case .p256:
                return try P256.Signing.PublicKey(x963Representation: key)
                    .isValidSignature(P256.Signing.ECDSASignature(derRepresentation: signature), for: message)
            case .p384:
                return try P384.Signing.PublicKey(x963Representation: key)
                    .isValidSignature(P384.Signing.ECDSASignature(derRepresentation: signature), for: message)
            case .p521:
                return try P521.Signing.PublicKey(x963Representation: key)
                    .isValidSignature(P521.Signing.ECDSASignature(derRepresentation: signature), for: message)
            case .ed448: return false
            }
        } catch {
            return false
        }
    }
}
