/// A cipher suite of MLS (RFC 9420 §17.1). The product uses `xWing` alone; the others are for vectors and interoperability
/// tests (`e2ee.md` 4.1). On the wire a suite stays a number, because strangers name suites nobody here knows.
public enum GroupSuite: UInt16, Sendable, CaseIterable, BitwiseCopyable {
    /// MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519
    case x25519AES = 0x0001
    /// MLS_128_DHKEMP256_AES128GCM_SHA256_P256
    case p256AES = 0x0002
    /// MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519
    case x25519ChaCha = 0x0003
    /// MLS_256_DHKEMX448_AES256GCM_SHA512_Ed448: its hashes only.
    case x448AES = 0x0004
    /// MLS_256_DHKEMP521_AES256GCM_SHA512_P521
    case p521AES = 0x0005
    /// MLS_256_DHKEMX448_CHACHA20POLY1305_SHA512_Ed448: its hashes only.
    case x448ChaCha = 0x0006
    /// MLS_256_DHKEMP384_AES256GCM_SHA384_P384
    case p384AES = 0x0007
    /// X-Wing, HKDF-SHA256, AES-128-GCM, Ed25519: "TBD1" of draft-ietf-mls-pq-ciphersuites under a private number.
    case xWing = 0xF0B1

    /// The KEM of HPKE.
    public var kem: KEM {
        switch self {
        case .x25519AES, .x25519ChaCha: .x25519
        case .p256AES: .p256
        case .x448AES, .x448ChaCha: .x448
        case .p521AES: .p521
        case .p384AES: .p384
        case .xWing: .xWing
        }
    }

    /// The hash of everything: KDF, MAC, transcript, tree.
    public var hash: HashFunction {
        switch self {
        case .x25519AES, .p256AES, .x25519ChaCha, .xWing: .sha256
        case .x448AES, .p521AES, .x448ChaCha: .sha512
        case .p384AES: .sha384
        }
    }

    /// The AEAD of messages and of HPKE.
    public var aead: AEAD {
        switch self {
        case .x25519AES, .p256AES, .xWing: .aes128GCM
        case .x448AES, .p521AES, .p384AES: .aes256GCM
        case .x25519ChaCha, .x448ChaCha: .chaCha20Poly1305
        }
    }

    /// The signature of leaves and messages.
    public var signature: SignatureScheme {
        switch self {
        case .x25519AES, .x25519ChaCha, .xWing: .ed25519
        case .p256AES: .p256
        case .x448AES, .x448ChaCha: .ed448
        case .p521AES: .p521
        case .p384AES: .p384
        }
    }
}
