internal import CNIOBoringSSL

/// Makes the self-signed ECDSA P-256 certificate of an `Identity`. Peers look at its fingerprint alone, so it carries
/// nothing else: a random name, a random serial number, and fixed dates, because a date of creation would tell when the
/// process started.
@safe struct Certificate: ~Copyable {
    // SAFETY: both are made in `init`, owned by this value alone (BoringSSL counts its own references) and freed in
    // `deinit`.
    let key: OpaquePointer
    let encoded: OpaquePointer
    let fingerprint: [UInt8]

    init() throws(MediaCryptoError) {
        guard let key = unsafe Self.makeKey() else { throw .outOfResources }
        guard let der = unsafe Self.makeCertificate(key), let encoded = unsafe CRYPTO_BUFFER_new(der, der.count, nil)
        else {
            unsafe EVP_PKEY_free(key)
            throw .outOfResources
        }
        unsafe self.key = key
        unsafe self.encoded = encoded
        self.fingerprint = unsafe sha256(der.span.bytes)
    }

    deinit {
        unsafe EVP_PKEY_free(self.key)
        unsafe CRYPTO_BUFFER_free(self.encoded)
    }

    private static func makeKey() -> OpaquePointer? {
        // SAFETY: each object is freed on every way out; `EVP_PKEY_assign_EC_KEY` takes the EC key over when it succeeds.
        guard let curveKey = unsafe EC_KEY_new_by_curve_name(NID_X9_62_prime256v1) else { return nil }
        guard let key = unsafe EVP_PKEY_new() else {
            unsafe EC_KEY_free(curveKey)
            return nil
        }
        guard unsafe EC_KEY_generate_key(curveKey) == 1, unsafe EVP_PKEY_assign_EC_KEY(key, curveKey) == 1 else {
            unsafe EC_KEY_free(curveKey)
            unsafe EVP_PKEY_free(key)
            return nil
        }
        return unsafe key
    }

    private static func makeCertificate(_ key: OpaquePointer) -> [UInt8]? {
        guard let certificate = unsafe X509_new() else { return nil }
        defer { unsafe X509_free(certificate) }
        guard unsafe X509_set_version(certificate, Int(X509_VERSION_3)) == 1, unsafe Self.setSerial(certificate),
            unsafe Self.setNames(certificate), unsafe Self.setDates(certificate),
            unsafe X509_set_pubkey(certificate, key) == 1, unsafe X509_sign(certificate, key, EVP_sha256()) > 0
        else { return nil }
        // SAFETY: the first call tells the length, the second writes exactly that much.
        let length = Int(unsafe i2d_X509(certificate, nil))
        guard length > 0 else { return nil }
        return unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, initialized in
            var cursor = buffer.baseAddress
            initialized = Int(unsafe i2d_X509(certificate, &cursor))
        }
    }

    /// 63 random bits: positive, and never the same twice, which some NSS builds refuse from one issuer.
    private static func setSerial(_ certificate: OpaquePointer) -> Bool {
        let serial = randomBytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 1 | 1
        guard let number = unsafe ASN1_INTEGER_new() else { return false }
        defer { unsafe ASN1_INTEGER_free(number) }
        return unsafe ASN1_INTEGER_set_uint64(number, serial) == 1
            && X509_set_serialNumber(certificate, number) == 1
    }

    private static func setNames(_ certificate: OpaquePointer) -> Bool {
        let digits = Array("0123456789abcdef".utf8)
        let name = randomBytes(8).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        guard let subject = unsafe X509_get_subject_name(certificate) else { return false }
        return unsafe X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, name, name.count, -1, 0) == 1
            && X509_set_issuer_name(certificate, subject) == 1
    }

    /// 2020-01-01 to 2049-01-01: fixed, and both still fit UTCTime.
    private static func setDates(_ certificate: OpaquePointer) -> Bool {
        guard let date = unsafe ASN1_TIME_new() else { return false }
        defer { unsafe ASN1_TIME_free(date) }
        return unsafe ASN1_TIME_set_posix(date, 1_577_836_800) != nil && X509_set1_notBefore(certificate, date) == 1
            && ASN1_TIME_set_posix(date, 2_493_072_000) != nil && X509_set1_notAfter(certificate, date) == 1
    }
}
