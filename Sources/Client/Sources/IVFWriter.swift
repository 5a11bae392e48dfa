/// Writes VP8 frames as an IVF file: what a test feeds to a decoder that is not ours.
package struct IVFWriter: Sendable {
    /// The file so far; the count of frames in its header stays 0, as for a stream.
    package private(set) var bytes: [UInt8]

    /// An empty file.
    package init(width: UInt16, height: UInt16) {
        self.bytes = Array("DKIF".utf8) + [0, 0, 32, 0] + Array("VP80".utf8)
        self.bytes += [UInt8(width & 0xFF), UInt8(width >> 8), UInt8(height & 0xFF), UInt8(height >> 8)]
        self.bytes += Self.little(90_000, 4) + Self.little(1, 4) + [UInt8](repeating: 0, count: 8)
    }

    /// Adds a frame shown at `time`, in 1/90,000 s.
    package mutating func append(_ frame: [UInt8], time: UInt64) {
        self.bytes += Self.little(UInt64(frame.count), 4) + Self.little(time, 8)
        self.bytes += frame
    }

    private static func little(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }
}
