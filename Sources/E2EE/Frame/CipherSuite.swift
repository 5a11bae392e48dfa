/// The cipher suites of SFrame (RFC 9605 §4.5), and 6 to 8 which were registered later. MF1 uses 4, with the flag
/// `high` 5; the others are here for the vectors and for other people's frames.
public enum CipherSuite: UInt16, Sendable, CaseIterable {
    /// AES_128_CTR_HMAC_SHA256_80
    case aes128CTR80 = 1
    /// AES_128_CTR_HMAC_SHA256_64
    case aes128CTR64 = 2
    /// AES_128_CTR_HMAC_SHA256_32
    case aes128CTR32 = 3
    /// AES_128_GCM_SHA256_128
    case aes128GCM = 4
    /// AES_256_GCM_SHA512_128
    case aes256GCM = 5
    /// AES_256_CTR_HMAC_SHA512_80
    case aes256CTR80 = 6
    /// AES_256_CTR_HMAC_SHA512_64
    case aes256CTR64 = 7
    /// AES_256_CTR_HMAC_SHA512_32
    case aes256CTR32 = 8

    /// What seals a frame.
    enum Cipher {
        case aead(AEAD)
        /// AES-CTR, then HMAC (§4.5.1).
        case counterMode(keyByteCount: Int)
    }

    var cipher: Cipher {
        switch self {
        case .aes128GCM: .aead(.aes128GCM)
        case .aes256GCM: .aead(.aes256GCM)
        case .aes128CTR80, .aes128CTR64, .aes128CTR32: .counterMode(keyByteCount: 16)
        case .aes256CTR80, .aes256CTR64, .aes256CTR32: .counterMode(keyByteCount: 32)
        }
    }

    /// The hash of key derivation and HMAC.
    public var hash: HashFunction {
        switch self {
        case .aes128CTR80, .aes128CTR64, .aes128CTR32, .aes128GCM: .sha256
        case .aes256GCM, .aes256CTR80, .aes256CTR64, .aes256CTR32: .sha512
        }
    }

    /// Nk: bytes of sframe_key; for counter mode the cipher's key and the HMAC's key together.
    public var keyByteCount: Int {
        switch self.cipher {
        case .aead(let aead): aead.keyByteCount
        case .counterMode(let keyByteCount): keyByteCount + self.hash.byteCount
        }
    }

    /// Nt: bytes of the tag.
    public var tagByteCount: Int {
        switch self {
        case .aes128CTR80, .aes256CTR80: 10
        case .aes128CTR64, .aes256CTR64: 8
        case .aes128CTR32, .aes256CTR32: 4
        case .aes128GCM, .aes256GCM: 16
        }
    }
}
