internal import CNIOBoringSSL

/// The fingerprint the peer's certificate must have, and whether it had another. It is the only check: the certificate is
/// self-signed, and signalling says whose it is (RFC 8122).
final class PeerCertificate {
    /// Bytes of SHA-256.
    static let fingerprintLength = Int(SHA256_DIGEST_LENGTH)

    private let expected: [UInt8]
    private(set) var mismatched = false

    init(expected: [UInt8]) { self.expected = expected }

    /// Lets the verify callback of `ssl` find this object; the owner of the SSL keeps it alive.
    func attach(to ssl: OpaquePointer) {
        unsafe SSL_set_ex_data(ssl, Self.slot, Unmanaged.passUnretained(self).toOpaque())
    }

    /// BoringSSL keeps index 0 for the application.
    private static let slot: Int32 = 0

    /// For `SSL_CTX_set_custom_verify`.
    static let verify: @convention(c) (OpaquePointer?, UnsafeMutablePointer<UInt8>?) -> ssl_verify_result_t = {
        ssl, alert in
        guard let ssl = unsafe ssl, let data = unsafe SSL_get_ex_data(ssl, PeerCertificate.slot) else {
            return ssl_verify_invalid
        }
        // SAFETY: `attach` put this object there and the association keeps it alive.
        let peer = unsafe Unmanaged<PeerCertificate>.fromOpaque(data).takeUnretainedValue()
        let expected = peer.expected
        if let presented = unsafe PeerCertificate.fingerprint(of: ssl),
            unsafe constantTimeEqual(presented.span.bytes, expected.span.bytes)
        {
            return ssl_verify_ok
        }
        peer.mismatched = true
        unsafe alert?.pointee = UInt8(SSL_AD_BAD_CERTIFICATE)
        return ssl_verify_invalid
    }

    private static func fingerprint(of ssl: OpaquePointer) -> [UInt8]? {
        guard let chain = unsafe SSL_get0_peer_certificates(ssl), unsafe sk_CRYPTO_BUFFER_num(chain) > 0,
            let leaf = unsafe sk_CRYPTO_BUFFER_value(chain, 0)
        else { return nil }
        // SAFETY: the SSL owns the chain for the length of the callback.
        return unsafe sha256(UnsafeRawBufferPointer(start: CRYPTO_BUFFER_data(leaf), count: CRYPTO_BUFFER_len(leaf)))
    }
}
