internal import Wire

/// The 16 bytes that start a keystream, as two words in network order: AES-CM's counter block whole, GCM's nonce in the
/// first 12 bytes. Both are a salt with an SSRC and an index XORed into fixed places.
struct InitialValue: Equatable, BitwiseCopyable {
    var high: UInt64
    var low: UInt64

    /// A salt of at most 16 bytes, padded with zeros at the end (RFC 3711 §4.1.1, RFC 7714 §11).
    init(salt: RawSpan) {
        var words: (high: UInt64, low: UInt64) = (0, 0)
        for index in 0..<min(salt.byteCount, 16) {
            let byte = UInt64(salt.u8(index) ?? 0)
            if index < 8 {
                words.high |= byte << UInt64(56 - 8 * index)
            } else {
                words.low |= byte << UInt64(120 - 8 * index)
            }
        }
        self.high = words.high
        self.low = words.low
    }

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Key derivation at rate 0: the label stands in byte 7 (RFC 3711 §4.3.1).
    func labelled(_ label: UInt8) -> Self { Self(high: self.high ^ UInt64(label), low: self.low) }

    /// AES-CM: SSRC in bytes 4...7, index in bytes 8...13 (RFC 3711 §4.1.1); RTP and RTCP alike.
    func counter(ssrc: UInt32, index: UInt64) -> Self {
        Self(high: self.high ^ UInt64(ssrc), low: self.low ^ index << 16)
    }

    /// GCM: SSRC in bytes 2...5, then ROC and SEQ, which are the 48 bits of the index (RFC 7714 §8.1). RTCP has two
    /// zero bytes and its 31 bits there (§9.1), which is the same number.
    func nonce(ssrc: UInt32, index: UInt64) -> Self {
        Self(high: self.high ^ UInt64(ssrc) << 16 ^ index >> 32, low: self.low ^ index << 32)
    }

    /// Lends the bytes to a cipher, which may use them up.
    func withBytes<Result>(_ body: (UnsafeMutableRawBufferPointer) -> Result) -> Result {
        var words = (self.high.bigEndian, self.low.bigEndian)
        // SAFETY: 16 bytes of this stack frame, for the length of the body.
        return unsafe withUnsafeMutableBytes(of: &words) { unsafe body($0) }
    }
}
