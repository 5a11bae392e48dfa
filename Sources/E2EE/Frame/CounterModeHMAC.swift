internal import Wire

/// AES in counter mode with a cut HMAC over everything (RFC 9605 §4.5.1): suites 1 to 3 and 6 to 8. The first bytes of
/// the key are the cipher's, the rest the HMAC's.
package struct CounterModeHMAC {
    let suite: CipherSuite
    /// Bytes of the cipher's key; the HMAC's key follows.
    package let keyByteCount: Int

    init(suite: CipherSuite, keyByteCount: Int) {
        self.suite = suite
        self.keyByteCount = keyByteCount
    }

    /// The construction of a suite; nothing for the suites with an authenticated cipher.
    package init?(_ suite: CipherSuite) {
        guard case .counterMode(let keyByteCount) = suite.cipher else { return nil }
        self.init(suite: suite, keyByteCount: keyByteCount)
    }

    /// Ciphertext and tag.
    package func seal<Crypto: CryptoProvider>(
        key: borrowing Secret, nonce: [UInt8], aad: [UInt8], _ plaintext: Span<UInt8>, _ crypto: Crypto
    ) throws(E2EEError) -> [UInt8] {
        let ciphertext = try self.cipher(key, nonce, plaintext, crypto)
        return ciphertext + self.tag(key, nonce, aad, ciphertext, crypto)
    }

    /// The plaintext, or `authentication`.
    package func open<Crypto: CryptoProvider>(
        key: borrowing Secret, nonce: [UInt8], aad: [UInt8], _ sealed: Span<UInt8>, _ crypto: Crypto
    ) throws(E2EEError) -> [UInt8] {
        let length = sealed.count - self.suite.tagByteCount
        guard length >= 0 else { throw E2EEError(.crypto, .authentication) }
        let ciphertext = sealed.extracting(0..<length)
        let expected = self.tag(key, nonce, aad, ciphertext.copied(), crypto)
        // SAFETY: every bit pattern of a UInt8 is a byte.
        let isEqual = unsafe equalInConstantTime(
            expected.span.bytes, sealed.extracting(length..<sealed.count).bytes)
        guard isEqual else {
            throw E2EEError(.crypto, .authentication)
        }
        return try self.cipher(key, nonce, ciphertext, crypto)
    }

    private func cipher<Crypto: CryptoProvider>(
        _ key: borrowing Secret, _ nonce: [UInt8], _ data: Span<UInt8>, _ crypto: Crypto
    ) throws(E2EEError) -> [UInt8] {
        try crypto.counterMode(
            key: key.span.extracting(0..<self.keyByteCount), start: (nonce + [0, 0, 0, 0]).span, data)
    }

    /// The tag covers the lengths of header, ciphertext and tag, so that no byte can change sides.
    private func tag<Crypto: CryptoProvider>(
        _ key: borrowing Secret, _ nonce: [UInt8], _ aad: [UInt8], _ ciphertext: [UInt8], _ crypto: Crypto
    ) -> [UInt8] {
        let length = self.suite.tagByteCount
        var message = bigEndian(UInt64(aad.count)) + bigEndian(UInt64(ciphertext.count)) + bigEndian(UInt64(length))
        message += nonce + aad + ciphertext
        var digest = [UInt8](repeating: 0, count: self.suite.hash.byteCount)
        var out = digest.mutableSpan
        crypto.hmac(self.suite.hash, key: key.span.extracting(self.keyByteCount..<key.count), message.span, &out)
        return [UInt8](digest.prefix(length))
    }
}
