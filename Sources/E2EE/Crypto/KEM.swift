/// The key encapsulation mechanisms of the suites, by their HPKE number (RFC 9180 §7.1; X-Wing of draft-ietf-hpke-pq).
public enum KEM: UInt16, Sendable, BitwiseCopyable {
    /// DHKEM(P-256, HKDF-SHA256)
    case p256 = 0x0010
    /// DHKEM(P-384, HKDF-SHA384)
    case p384 = 0x0011
    /// DHKEM(P-521, HKDF-SHA512)
    case p521 = 0x0012
    /// DHKEM(X25519, HKDF-SHA256)
    case x25519 = 0x0020
    /// DHKEM(X448, HKDF-SHA512): no provider has it.
    case x448 = 0x0021
    /// X-Wing, ML-KEM-768 with X25519: the product's.
    case xWing = 0x647A

    /// The hash inside a DHKEM; X-Wing brings its own.
    var hash: HashFunction {
        switch self {
        case .p256, .x25519, .xWing: .sha256
        case .p384: .sha384
        case .p521, .x448: .sha512
        }
    }

    /// Nsk: bytes of a private key.
    var privateKeyByteCount: Int {
        switch self {
        case .p256, .x25519, .xWing: 32
        case .p384: 48
        case .p521: 66
        case .x448: 56
        }
    }
}
