internal import CNIOBoringSSL

/// AES-128-GCM for one direction of one kind of packet (RTP or RTCP). It does not know what a nonce is made of: whoever
/// calls must never use one twice with the same key.
@safe package struct SealingKey: ~Copyable, @unchecked Sendable {  // because the owner is one
    /// Bytes of a tag; SRTP never truncates it (RFC 7714 §13.2).
    package static let tagLength = 16
    /// Bytes of a nonce.
    package static let nonceLength = 12
    /// Bytes of a key.
    package static let keyLength = 16

    // SAFETY: one context, made in `init`, owned by this value alone, freed in `deinit`.
    private let context: UnsafeMutableRawPointer

    /// A context for a key of 16 bytes.
    package init(key: RawSpan) throws(MediaCryptoError) {
        unsafe self.context = try AEADContext.make(key: key)
    }

    deinit {
        unsafe AEADContext.free(self.context)
    }

    /// Encrypts `plaintext` to `out` and writes the tag to `tag`; `out` may be the very place of the plaintext, or must
    /// not overlap it. Answers false, with nothing usable written, when BoringSSL refuses.
    @unsafe package func seal(
        _ plaintext: UnsafeRawBufferPointer, header: UnsafeRawBufferPointer, nonce: UnsafeRawBufferPointer,
        into out: UnsafeMutableRawPointer, tag: UnsafeMutableRawPointer
    ) -> Bool {
        // SAFETY: the caller gives `plaintext.count` bytes at `out` and 16 at `tag`; BoringSSL checks the nonce's length.
        var written = 0
        return unsafe EVP_AEAD_CTX_seal_scatter(
            self.context.assumingMemoryBound(to: EVP_AEAD_CTX.self), out.assumingMemoryBound(to: UInt8.self),
            tag.assumingMemoryBound(to: UInt8.self),
            &written, Self.tagLength, nonce.bytes, nonce.count, plaintext.bytes, plaintext.count, nil, 0, header.bytes,
            header.count) == 1 && written == Self.tagLength
    }
}

/// The opening side of `SealingKey`.
@safe package struct OpeningKey: ~Copyable, @unchecked Sendable {  // because the owner is one
    // SAFETY: one context, made in `init`, owned by this value alone, freed in `deinit`.
    private let context: UnsafeMutableRawPointer

    /// A context for a key of 16 bytes.
    package init(key: RawSpan) throws(MediaCryptoError) {
        unsafe self.context = try AEADContext.make(key: key)
    }

    deinit {
        unsafe AEADContext.free(self.context)
    }

    /// Decrypts `ciphertext` to `out` (the same place, or no overlap) when `tag` proves it and `header`; otherwise answers
    /// false and leaves zeros.
    @unsafe package func open(
        _ ciphertext: UnsafeRawBufferPointer, tag: UnsafeRawBufferPointer, header: UnsafeRawBufferPointer,
        nonce: UnsafeRawBufferPointer, into out: UnsafeMutableRawPointer
    ) -> Bool {
        // SAFETY: the caller gives `ciphertext.count` bytes at `out`; BoringSSL checks both other lengths.
        let opened = unsafe EVP_AEAD_CTX_open_gather(
            self.context.assumingMemoryBound(to: EVP_AEAD_CTX.self), out.assumingMemoryBound(to: UInt8.self),
            nonce.bytes, nonce.count, ciphertext.bytes,
            ciphertext.count, tag.bytes, tag.count, header.bytes, header.count)
        // A forged packet leaves an entry in the thread's error queue, which `NIOSSL` on the same thread would read.
        if opened != 1 { ERR_clear_error() }
        return opened == 1
    }
}

/// `EVP_AEAD_CTX` behind a pointer without a type: a layout with a private or BoringSSL type in it does not link from
/// other modules when the optimiser inlines across them (seen with Swift 6.3.1).
private enum AEADContext {
    static func make(key: RawSpan) throws(MediaCryptoError) -> UnsafeMutableRawPointer {
        guard key.byteCount == SealingKey.keyLength else { throw .wrongLength }
        let made = unsafe key.withUnsafeBytes { key in
            unsafe EVP_AEAD_CTX_new(EVP_aead_aes_128_gcm(), key.bytes, key.count, SealingKey.tagLength)
        }
        guard let made = unsafe made else { throw .outOfResources }
        return UnsafeMutableRawPointer(made)
    }

    /// BoringSSL wipes the key schedule.
    static func free(_ context: UnsafeMutableRawPointer) {
        unsafe EVP_AEAD_CTX_free(context.assumingMemoryBound(to: EVP_AEAD_CTX.self))
    }
}

extension UnsafeRawBufferPointer {
    /// The start as BoringSSL wants it; null only for an empty buffer.
    fileprivate var bytes: UnsafePointer<UInt8>? { unsafe self.baseAddress?.assumingMemoryBound(to: UInt8.self) }
}
