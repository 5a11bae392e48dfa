internal import CNIOBoringSSL

/// What DTLS exported for SRTP (RFC 5764 §4.2): a master key and salt for each side. Handed out once per association and
/// wiped when it goes.
@safe package struct SRTPKeyBlock: ~Copyable, @unchecked Sendable {  // because it alone owns its memory
    /// Whose packets a key protects: the DTLS role of the side that sends them.
    package enum Side: Sendable {
        /// Sent by the DTLS client.
        case client
        /// Sent by the DTLS server.
        case server
    }

    /// The profile both sides agreed on.
    package let profile: SRTPProfile

    // SAFETY: `profile.blockLength` bytes, allocated in `init`, owned by this value alone, wiped and freed in `deinit`.
    private let block: UnsafeMutableRawBufferPointer

    /// `fill` gets the zeroed block and answers whether it filled it.
    init?(profile: SRTPProfile, fill: (UnsafeMutableRawBufferPointer) -> Bool) {
        self.profile = profile
        unsafe self.block = .allocate(byteCount: profile.blockLength, alignment: 16)
        unsafe self.block.initializeMemory(as: UInt8.self, repeating: 0)
        guard unsafe fill(self.block) else { return nil }
    }

    /// A block from outside DTLS: vectors and tests. In the order of the exporter: client key, server key, client salt,
    /// server salt.
    package init?(profile: SRTPProfile, block: RawSpan) {
        guard block.byteCount == profile.blockLength else { return nil }
        unsafe self.init(profile: profile) { target in
            unsafe block.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
            return true
        }
    }

    deinit {
        unsafe OPENSSL_cleanse(self.block.baseAddress, self.block.count)
        unsafe self.block.deallocate()
    }

    /// Lends the master key and salt of one side; they must not be copied out.
    package borrowing func withKeys<Result>(of side: Side, _ body: (_ key: RawSpan, _ salt: RawSpan) -> Result)
        -> Result
    {
        let keyLength = SRTPProfile.keyLength
        let saltLength = self.profile.saltLength
        let number = side == .client ? 0 : 1
        // SAFETY: the offsets are inside the block by the arithmetic of `blockLength`; it lives until the body returns.
        let all = unsafe UnsafeRawBufferPointer(self.block)
        let key = unsafe UnsafeRawBufferPointer(rebasing: all[number * keyLength..<(number + 1) * keyLength])
        let saltStart = 2 * keyLength + number * saltLength
        let salt = unsafe UnsafeRawBufferPointer(rebasing: all[saltStart..<saltStart + saltLength])
        return unsafe body(key.bytes, salt.bytes)
    }
}
