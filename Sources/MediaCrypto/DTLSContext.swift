internal import CNIOBoringSSL

/// What all associations of one `Identity` share: certificate, versions, groups and ciphers. One SSL_CTX serves
/// both roles. It never changes after `init`, and BoringSSL counts its references with atomics.
@safe final class DTLSContext: @unchecked Sendable {  // because it is configured in `init` and only read afterwards
    let fingerprint: [UInt8]

    // SAFETY: owned by this object, freed in `deinit`; each SSL holds a reference of its own.
    private let context: OpaquePointer

    /// The peer's chain is one certificate; more than this is not WebRTC.
    private static let maximumCertificate = 8 * 1_024
    /// Hybrid post-quantum first, then the two groups every browser has.
    private static let groups: [UInt16] = [
        UInt16(SSL_GROUP_X25519_MLKEM768), UInt16(SSL_GROUP_X25519), UInt16(SSL_GROUP_SECP256R1),
    ]
    /// DTLS 1.2: forward secrecy, AEAD, and our kind of certificate. 1.3 has no others.
    private static let ciphers =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305"

    init() throws(MediaCryptoError) {
        let certificate = try Certificate()
        // The method without X.509: a peer's certificate is bytes with a fingerprint and a public key, nothing is parsed
        // beyond that.
        guard let context = unsafe SSL_CTX_new(DTLS_with_buffers_method()) else { throw .outOfResources }
        guard unsafe Self.configure(context, certificate) else {
            unsafe SSL_CTX_free(context)
            throw .outOfResources
        }
        unsafe self.context = context
        self.fingerprint = certificate.fingerprint
    }

    deinit {
        unsafe SSL_CTX_free(self.context)
    }

    /// A fresh SSL, or nothing when memory is out.
    func makeSSL() -> OpaquePointer? { unsafe SSL_new(self.context) }

    private static func configure(_ context: OpaquePointer, _ certificate: borrowing Certificate) -> Bool {
        unsafe SSL_CTX_set_current_time_cb(context, DTLSClock.callback)
        unsafe SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF)
        unsafe SSL_CTX_set_num_tickets(context, 0)
        unsafe SSL_CTX_set_options(context, UInt32(SSL_OP_NO_TICKET | SSL_OP_NO_QUERY_MTU))
        unsafe SSL_CTX_set_max_cert_list(context, Self.maximumCertificate)
        unsafe SSL_CTX_set_custom_verify(
            context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, PeerCertificate.verify)
        let chain: [OpaquePointer?] = unsafe [certificate.encoded]
        return unsafe SSL_CTX_set_min_proto_version(context, UInt16(DTLS1_2_VERSION)) == 1
            && SSL_CTX_set_max_proto_version(context, UInt16(DTLS1_3_VERSION)) == 1
            && SSL_CTX_set1_group_ids(context, Self.groups, Self.groups.count) == 1
            && SSL_CTX_set_strict_cipher_list(context, Self.ciphers) == 1
            && SSL_CTX_set_chain_and_key(context, chain, 1, certificate.key, nil) == 1
    }
}
