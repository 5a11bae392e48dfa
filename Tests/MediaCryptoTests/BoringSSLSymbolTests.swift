import Foundation
import Testing

/// `CNIOBoringSSL` is not a declared product (`docs/decisions/0001`): what we use of it is written down here, so that a
/// new symbol is a decision, and an update of swift-nio-ssl is reviewed against a list. That each of them still does
/// what we think is what the other suites of this target test: they run through every one.
@Suite("What we use of BoringSSL")
struct BoringSSLSymbolTests {
    @Test("MediaCrypto uses the listed symbols and no others")
    func list() throws {
        let used = try Self.usedSymbols()
        let listed = Set(Self.symbols.split(whereSeparator: \.isWhitespace).map(String.init))
        #expect(used.subtracting(listed).sorted() == [])
        #expect(listed.subtracting(used).sorted() == [])
    }

    @Test("nobody else on the media path imports BoringSSL, and no key log is ever installed")
    func importers() throws {
        for module in ["MediaCore", "Forwarding", "SFU", "Client"] {
            for file in try Self.sources(of: module) {
                let text = try String(contentsOf: file, encoding: .utf8)
                #expect(!text.contains("CNIOBoringSSL"), "\(file.lastPathComponent)")
            }
        }
        let used = try Self.usedSymbols()
        #expect(!used.contains { $0.contains("keylog") })
    }

    private static func usedSymbols() throws -> Set<String> {
        let prefixes = [
            "SSL", "BIO", "EVP", "EC", "X509", "ASN1", "CRYPTO", "ERR", "SHA1", "AES", "RAND", "OPENSSL", "DTLSv1",
            "DTLS", "DTLS1", "NID", "MBSTRING", "i2d", "sk", "ssl",
        ]
        let symbol = try Regex("\\b(?:\(prefixes.joined(separator: "|")))_[A-Za-z0-9_]+")
        var used: Set<String> = []
        for file in try Self.sources(of: "MediaCrypto") {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                if line.drop(while: \.isWhitespace).hasPrefix("//") { continue }
                for match in line.matches(of: symbol) { used.insert(String(line[match.range])) }
            }
        }
        return used
    }

    private static func sources(of module: String) throws -> [URL] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: "Sources/\(module)")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
    }

    private static let symbols = """
        AES_KEY AES_ctr128_encrypt AES_set_encrypt_key ASN1_INTEGER_free ASN1_INTEGER_new ASN1_INTEGER_set_uint64
        ASN1_TIME_free ASN1_TIME_new ASN1_TIME_set_posix BIO_CTRL_FLUSH BIO_clear_retry_flags BIO_get_data
        BIO_get_new_index BIO_meth_new BIO_meth_set_ctrl BIO_meth_set_read BIO_meth_set_write BIO_new BIO_set_data
        BIO_set_init BIO_set_retry_read CRYPTO_BUFFER_data CRYPTO_BUFFER_free CRYPTO_BUFFER_len CRYPTO_BUFFER_new
        CRYPTO_memcmp DTLS1_2_VERSION DTLS1_3_VERSION DTLS_with_buffers_method DTLSv1_get_timeout
        DTLSv1_handle_timeout DTLSv1_set_initial_timeout_duration EC_KEY_free EC_KEY_generate_key
        EC_KEY_new_by_curve_name ERR_clear_error EVP_AEAD_CTX EVP_AEAD_CTX_free EVP_AEAD_CTX_new
        EVP_AEAD_CTX_open_gather EVP_AEAD_CTX_seal_scatter EVP_PKEY_assign_EC_KEY EVP_PKEY_free EVP_PKEY_new
        EVP_aead_aes_128_gcm EVP_sha256 MBSTRING_UTF8 NID_X9_62_prime256v1 OPENSSL_cleanse RAND_bytes SHA1_Final
        SHA1_Init SHA1_Update SSL_AD_BAD_CERTIFICATE SSL_CTX_free SSL_CTX_new SSL_CTX_set1_group_ids
        SSL_CTX_set_chain_and_key SSL_CTX_set_current_time_cb SSL_CTX_set_custom_verify SSL_CTX_set_max_cert_list
        SSL_CTX_set_max_proto_version SSL_CTX_set_min_proto_version SSL_CTX_set_num_tickets SSL_CTX_set_options
        SSL_CTX_set_session_cache_mode SSL_CTX_set_strict_cipher_list SSL_ERROR_NONE SSL_ERROR_WANT_READ
        SSL_ERROR_WANT_WRITE SSL_ERROR_ZERO_RETURN SSL_GROUP_SECP256R1 SSL_GROUP_SECP384R1 SSL_GROUP_X25519 SSL_GROUP_X25519_MLKEM768
        SSL_OP_NO_QUERY_MTU SSL_OP_NO_TICKET SSL_SESS_CACHE_OFF SSL_VERIFY_FAIL_IF_NO_PEER_CERT SSL_VERIFY_PEER
        SSL_certs_clear SSL_do_handshake SSL_export_keying_material SSL_free SSL_get0_peer_certificates
        SSL_get_error SSL_get_ex_data SSL_get_group_id SSL_get_selected_srtp_profile SSL_in_init SSL_new SSL_read
        SSL_set1_group_ids SSL_set_accept_state SSL_set_bio SSL_set_connect_state SSL_set_ex_data SSL_set_max_proto_version SSL_set_mtu
        SSL_set_shed_handshake_config SSL_set_srtp_profiles SSL_shutdown SSL_used_hello_retry_request SSL_version X509_NAME_add_entry_by_txt
        X509_VERSION_3 X509_free X509_get_subject_name X509_new X509_set1_notAfter X509_set1_notBefore
        X509_set_issuer_name X509_set_pubkey X509_set_serialNumber X509_set_version X509_sign i2d_X509
        sk_CRYPTO_BUFFER_num sk_CRYPTO_BUFFER_value ssl_verify_invalid ssl_verify_ok ssl_verify_result_t
        """
}
