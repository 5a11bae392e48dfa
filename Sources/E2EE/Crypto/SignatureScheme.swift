/// The signature schemes of the suites (RFC 9420 §17.1). ECDSA signatures are DER, public keys uncompressed points
/// (RFC 9420 §5.1.1).
public enum SignatureScheme: UInt8, Sendable, BitwiseCopyable {
    /// Ed25519 (RFC 8032): the product's.
    case ed25519
    /// ecdsa_secp256r1_sha256
    case p256
    /// ecdsa_secp384r1_sha384
    case p384
    /// ecdsa_secp521r1_sha512
    case p521
    /// Ed448: no provider has it.
    case ed448
}
