internal import CNIOBoringSSL

/// HMAC-SHA1 (RFC 2104) with the key already absorbed: both padded key blocks are hashed once, and a tag allocates
/// nothing. STUN's MESSAGE-INTEGRITY and the fallback profile of SRTP are its only users; neither has a choice of hash.
@safe package struct HMACSHA1: ~Copyable, @unchecked Sendable {  // because it never changes
    /// Bytes of a whole tag.
    package static let tagLength = 20
    private static let blockLength = 64

    // SAFETY: two hash states, allocated in `init`, owned by this value alone, wiped and freed in `deinit`.
    private let states: UnsafeMutableRawPointer

    private var inner: UnsafeMutablePointer<SHA_CTX> { unsafe self.states.assumingMemoryBound(to: SHA_CTX.self) }
    private var outer: UnsafeMutablePointer<SHA_CTX> { unsafe self.inner + 1 }

    /// Absorbs `key`; one longer than a block is hashed first.
    package init(key: RawSpan) {
        let memory = UnsafeMutablePointer<SHA_CTX>.allocate(capacity: 2)
        unsafe memory.initialize(repeating: SHA_CTX(), count: 2)
        unsafe self.states = UnsafeMutableRawPointer(memory)
        unsafe Self.absorb(key, inner: memory, outer: memory + 1)
    }

    deinit {
        unsafe OPENSSL_cleanse(self.states, 2 * MemoryLayout<SHA_CTX>.stride)
        unsafe self.states.deallocate()
    }

    /// Writes the 20 byte tag of `first` followed by `second` to the start of `out`.
    package func authenticate(_ first: RawSpan, _ second: RawSpan = RawSpan(), into out: inout MutableRawSpan) {
        precondition(out.byteCount >= Self.tagLength, "the caller gives room for a tag")
        unsafe Self.finish(inner: self.inner.pointee, outer: self.outer.pointee, first, second, into: &out)
    }

    /// Hashes the two padded key blocks.
    static func absorb(_ key: RawSpan, inner: UnsafeMutablePointer<SHA_CTX>, outer: UnsafeMutablePointer<SHA_CTX>) {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.blockLength) { block in
            // SAFETY: the block has 64 bytes and is wiped before it goes; a digest of 20 bytes fits.
            guard let start = block.baseAddress else { return }
            unsafe block.initialize(repeating: 0)
            if key.byteCount > Self.blockLength {
                unsafe SHA1_Init(inner)
                unsafe Self.update(inner, key)
                unsafe SHA1_Final(start, inner)
            } else {
                for index in 0..<key.byteCount {
                    unsafe block[index] = key.unsafeLoad(fromByteOffset: index, as: UInt8.self)
                }
            }
            for index in 0..<Self.blockLength { unsafe block[index] ^= 0x36 }
            unsafe SHA1_Init(inner)
            unsafe SHA1_Update(inner, start, Self.blockLength)
            for index in 0..<Self.blockLength { unsafe block[index] ^= 0x36 ^ 0x5c }
            unsafe SHA1_Init(outer)
            unsafe SHA1_Update(outer, start, Self.blockLength)
            unsafe OPENSSL_cleanse(start, Self.blockLength)
        }
    }

    /// Works on copies of both states, so that the key stays absorbed.
    static func finish(
        inner: SHA_CTX, outer: SHA_CTX, _ first: RawSpan, _ second: RawSpan, into out: inout MutableRawSpan
    ) {
        var inner = inner
        var outer = outer
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.tagLength) { digest in
            // SAFETY: `digest` has the 20 bytes that SHA1_Final writes; the states are local.
            guard let start = digest.baseAddress else { return }
            unsafe Self.update(&inner, first)
            unsafe Self.update(&inner, second)
            unsafe SHA1_Final(start, &inner)
            unsafe SHA1_Update(&outer, start, Self.tagLength)
            unsafe SHA1_Final(start, &outer)
            for index in 0..<Self.tagLength {
                unsafe out.storeBytes(of: digest[index], toByteOffset: index, as: UInt8.self)
            }
        }
    }

    private static func update(_ state: UnsafeMutablePointer<SHA_CTX>, _ bytes: RawSpan) {
        // SAFETY: the bytes live for the call.
        unsafe bytes.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress { unsafe SHA1_Update(state, start, bytes.count) }
        }
    }
}

/// Writes HMAC-SHA1 of `first` followed by `second` to the first 20 bytes of `out`; nothing is allocated. Two pieces,
/// because STUN signs a header whose length field differs from the one on the wire.
package func hmacSHA1(
    key: RawSpan, _ first: RawSpan, _ second: RawSpan = RawSpan(), into out: inout MutableRawSpan
) {
    precondition(out.byteCount >= HMACSHA1.tagLength, "the caller gives room for a tag")
    var inner = SHA_CTX()
    var outer = SHA_CTX()
    unsafe HMACSHA1.absorb(key, inner: &inner, outer: &outer)
    HMACSHA1.finish(inner: inner, outer: outer, first, second, into: &out)
}
