internal import CNIOBoringSSL

/// AES-128 in counter mode (AES-CM of RFC 3711 §4.1.1): the keystream of SRTP's key derivation and of the fallback
/// profile. It authenticates nothing.
@safe package struct CounterKey: ~Copyable, @unchecked Sendable {  // because it never changes
    /// Bytes of a counter block.
    package static let blockLength = 16
    /// Bytes of a key.
    package static let keyLength = 16

    // SAFETY: one key schedule, allocated in `init`, owned by this value alone, wiped and freed in `deinit`.
    private let schedule: UnsafeMutableRawPointer

    /// Expands a key of 16 bytes.
    package init(key: RawSpan) throws(MediaCryptoError) {
        guard key.byteCount == Self.keyLength else { throw .wrongLength }
        let memory = UnsafeMutablePointer<AES_KEY>.allocate(capacity: 1)
        unsafe memory.initialize(to: AES_KEY())
        unsafe self.schedule = UnsafeMutableRawPointer(memory)
        unsafe key.withUnsafeBytes { key in
            _ = unsafe AES_set_encrypt_key(key.baseAddress?.assumingMemoryBound(to: UInt8.self), 128, memory)
        }
    }

    deinit {
        unsafe OPENSSL_cleanse(self.schedule, MemoryLayout<AES_KEY>.size)
        unsafe self.schedule.deallocate()
    }

    /// XORs the keystream that starts at the 16 byte `counter` into `input`, to `out` (the same place, or no overlap).
    /// The counter block is used up.
    @unsafe package func apply(
        _ input: UnsafeRawBufferPointer, counter: UnsafeMutableRawPointer, into out: UnsafeMutableRawPointer
    ) {
        guard let start = input.baseAddress, input.count > 0 else { return }
        var position: UInt32 = 0
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.blockLength) { keystream in
            // SAFETY: the caller gives 16 bytes at `counter` and `input.count` at `out`; `keystream` is a whole block.
            unsafe keystream.initialize(repeating: 0)
            unsafe AES_ctr128_encrypt(
                start.assumingMemoryBound(to: UInt8.self), out.assumingMemoryBound(to: UInt8.self), input.count,
                self.schedule.assumingMemoryBound(to: AES_KEY.self), counter.assumingMemoryBound(to: UInt8.self),
                keystream.baseAddress, &position)
        }
    }
}
