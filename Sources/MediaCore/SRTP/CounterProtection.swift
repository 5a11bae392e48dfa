internal import MediaCrypto

/// The keys of the fallback profile for one direction of one kind of packet: AES-CM hides, HMAC-SHA1 (80 bits) proves.
struct CounterProtection: ~Copyable {
    static let tagLength = 10

    private let key: CounterKey
    private let proof: HMACSHA1
    private let salt: InitialValue

    init(_ keys: borrowing SRTPSessionKeys.Kind) throws(MediaCryptoError) {
        self.key = try CounterKey(key: keys.key.bytes)
        self.proof = HMACSHA1(key: keys.proof.bytes)
        self.salt = InitialValue(salt: keys.salt.bytes)
    }

    /// Encrypts or decrypts, which is the same.
    func apply(
        _ input: UnsafeRawBufferPointer, ssrc: UInt32, index: UInt64, into out: UnsafeMutableRawPointer
    ) {
        unsafe self.salt.counter(ssrc: ssrc, index: index).withBytes { counter in
            guard let counter = counter.baseAddress else { return }
            // SAFETY: 16 bytes of counter; the caller gives `input.count` bytes at `out`.
            unsafe self.key.apply(input, counter: counter, into: out)
        }
    }

    /// Lends the 10 bytes that prove `packet` followed by the word `trailer` (the rollover counter of RTP, which is not
    /// sent, or nothing).
    func withTag<Result>(
        _ packet: UnsafeRawBufferPointer, trailer: UInt32?, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        var words = (UInt64(0), UInt64(0), UInt64(0))
        var word = trailer?.bigEndian ?? 0
        // SAFETY: both are of this stack frame; the tag of 20 bytes fits 24.
        return unsafe withUnsafeMutableBytes(of: &words) { tag in
            unsafe withUnsafeBytes(of: &word) { word in
                var out = unsafe MutableRawSpan(_unsafeBytes: tag)
                let trailing = unsafe trailer == nil ? word.part(0..<0) : word
                unsafe self.proof.authenticate(packet.bytes, trailing.bytes, into: &out)
            }
            return unsafe body(UnsafeRawBufferPointer(tag).part(0..<Self.tagLength))
        }
    }
}
