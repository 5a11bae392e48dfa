/// Audio frames are padded inside the encryption, because Firefox ignores `cbr=1` and sizes would tell speech from
/// silence: uint16 length || frame || zeros, frame and zeros filling the smallest bucket.
enum AudioPadding {
    /// Bytes of frame and zeros together; 120 holds 20 ms at 48 kbit/s, 1,280 is past what Opus makes of one packet.
    static let buckets = [120, 240, 480, 960, 1_280]

    static func pad(_ frame: Span<UInt8>) -> [UInt8]? {
        guard let bucket = Self.buckets.first(where: { frame.count <= $0 }) else { return nil }
        var padded: [UInt8] = [UInt8(frame.count >> 8), UInt8(frame.count & 0xFF)]
        padded.reserveCapacity(2 + bucket)
        padded += frame.copied()
        padded += [UInt8](repeating: 0, count: bucket - frame.count)
        return padded
    }

    static func unpad(_ padded: ArraySlice<UInt8>) throws(FrameDrop) -> [UInt8] {
        guard padded.count >= 2 else { throw .padding }
        let start = padded.startIndex + 2
        let length = Int(padded[padded.startIndex]) << 8 | Int(padded[padded.startIndex + 1])
        // The smallest bucket that holds it, no other: else sizes would tell something after all.
        guard let bucket = Self.buckets.first(where: { length <= $0 }), padded.endIndex - start == bucket else {
            throw .padding
        }
        guard padded[(start + length)...].allSatisfy({ $0 == 0 }) else { throw .padding }
        return [UInt8](padded[start..<start + length])
    }
}
