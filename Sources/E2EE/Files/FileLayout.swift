/// Where everything stands in the stored object of a file of so many bytes (`e2ee.md` 8, Files). The size alone decides
/// it, so that an object of any other shape is none.
package struct FileLayout: Equatable, Sendable {
    /// Bytes of the file itself.
    package let size: UInt64
    /// Bytes that are sealed: the file, then zeros, so that its size shows in steps only.
    package let paddedByteCount: UInt64
    /// Chunks, at least one.
    package let chunkCount: UInt32

    /// "BRF1", version 1, chunks of 2^16 bytes, two zeros; then salt and commitment.
    static var mark: [UInt8] { [0x42, 0x52, 0x46, 0x31, 0x01, 0x10, 0x00, 0x00] }
    /// Bytes of salt and of commitment.
    static var fieldByteCount: Int { 32 }
    /// Bytes before the first chunk.
    package static var headByteCount: Int { 72 }
    /// Plaintext bytes of every chunk but the last, which has 1 to as many.
    package static var chunkByteCount: Int { 65_536 }
    /// Largest size, in bytes: with its padding the chunks are numbered in 32 bits.
    package static var sizeMax: UInt64 { 1 << 47 }

    /// The layout of `size` bytes.
    package init(size: UInt64) throws(FileFault) {
        guard size <= Self.sizeMax else { throw .tooLarge }
        let padded = Self.padded(size)
        let chunk = UInt64(Self.chunkByteCount)
        self.size = size
        self.paddedByteCount = padded
        self.chunkCount = UInt32(truncatingIfNeeded: (padded + chunk - 1) / chunk)
    }

    /// P(size): with E = floor(log2 size) only the first floor(log2 E) + 1 bits of a size stay.
    private static func padded(_ size: UInt64) -> UInt64 {
        guard size > 4_096 else { return 4_096 }
        let exponent = 63 - size.leadingZeroBitCount
        let kept = Int.bitWidth - exponent.leadingZeroBitCount
        let mask = (UInt64(1) << UInt64(exponent - kept)) - 1
        return (size + mask) & ~mask
    }

    /// Bytes of the whole stored object.
    package var objectByteCount: UInt64 {
        UInt64(Self.headByteCount) + self.paddedByteCount + UInt64(self.chunkCount) * UInt64(AEAD.tagByteCount)
    }

    /// Whether a chunk is the last one.
    func isLast(_ chunk: UInt32) -> Bool { chunk == self.chunkCount - 1 }

    /// Plaintext bytes of a chunk that there is.
    func plaintextByteCount(of chunk: UInt32) -> Int { self.overlap(of: chunk, with: self.paddedByteCount) }

    /// Bytes of the file in a chunk that there is; the rest of it is zeros.
    func contentByteCount(of chunk: UInt32) -> Int { self.overlap(of: chunk, with: self.size) }

    /// Stored bytes of a chunk that there is.
    func sealedByteCount(of chunk: UInt32) -> Int { self.plaintextByteCount(of: chunk) + AEAD.tagByteCount }

    private func overlap(of chunk: UInt32, with end: UInt64) -> Int {
        let start = UInt64(chunk) * UInt64(Self.chunkByteCount)
        guard start < end else { return 0 }
        return Int(min(end - start, UInt64(Self.chunkByteCount)))
    }
}
