internal import MediaCrypto

/// AES-128-GCM (RFC 7714) for one direction of one kind of packet, for sealing. The caller keeps the nonce rule.
struct GCMSealing: ~Copyable {
    private let key: SealingKey
    private let salt: InitialValue

    init(_ keys: borrowing SRTPSessionKeys.Kind) throws(MediaCryptoError) {
        self.key = try SealingKey(key: keys.key.bytes)
        self.salt = InitialValue(salt: keys.salt.bytes)
    }

    /// `out` gets as many bytes as the payload has, `tag` 16.
    func seal(
        _ payload: UnsafeRawBufferPointer, header: UnsafeRawBufferPointer, ssrc: UInt32, index: UInt64,
        into out: UnsafeMutableRawPointer, tag: UnsafeMutableRawPointer
    ) -> Bool {
        unsafe self.salt.nonce(ssrc: ssrc, index: index).withBytes { nonce in
            // SAFETY: the nonce's 12 bytes are inside its 16; the caller answers for the others.
            unsafe self.key.seal(
                payload, header: header,
                nonce: UnsafeRawBufferPointer(nonce).part(0..<SealingKey.nonceLength), into: out, tag: tag)
        }
    }
}

/// The opening side of `GCMSealing`.
struct GCMOpening: ~Copyable {
    private let key: OpeningKey
    private let salt: InitialValue

    init(_ keys: borrowing SRTPSessionKeys.Kind) throws(MediaCryptoError) {
        self.key = try OpeningKey(key: keys.key.bytes)
        self.salt = InitialValue(salt: keys.salt.bytes)
    }

    /// `out` gets as many bytes as the ciphertext has.
    func open(
        _ ciphertext: UnsafeRawBufferPointer, tag: UnsafeRawBufferPointer, header: UnsafeRawBufferPointer,
        ssrc: UInt32, index: UInt64, into out: UnsafeMutableRawPointer
    ) -> Bool {
        unsafe self.salt.nonce(ssrc: ssrc, index: index).withBytes { nonce in
            // SAFETY: the nonce's 12 bytes are inside its 16; the caller answers for the others.
            unsafe self.key.open(
                ciphertext, tag: tag, header: header,
                nonce: UnsafeRawBufferPointer(nonce).part(0..<SealingKey.nonceLength), into: out)
        }
    }
}
