/// The protection profiles we speak, by their number in use_srtp (RFC 5764, RFC 7714). There are two, and no others.
package enum SRTPProfile: UInt16, Sendable {
    /// SRTP_AES128_CM_HMAC_SHA1_80: the fallback.
    case aes128CMSHA1 = 0x0001
    /// SRTP_AEAD_AES_128_GCM: preferred, whatever the order of the peer's list.
    case aeadAES128GCM = 0x0007

    /// Bytes of a master key; the same for both.
    package static let keyLength = 16

    /// Bytes of a master salt.
    package var saltLength: Int {
        switch self {
        case .aes128CMSHA1: 14
        case .aeadAES128GCM: 12
        }
    }

    /// Bytes of the exporter's answer: two keys and two salts.
    var blockLength: Int { 2 * (Self.keyLength + self.saltLength) }

    /// BoringSSL's name for it.
    var name: String {
        switch self {
        case .aes128CMSHA1: "SRTP_AES128_CM_SHA1_80"
        case .aeadAES128GCM: "SRTP_AEAD_AES_128_GCM"
        }
    }
}
