/// Reads the VP8 frames of an IVF file that fits in memory. A frame that is cut off ends the reading.
package enum IVFReader {
    /// Why a file is of no use.
    package enum Failure: Error, Equatable {
        /// No IVF header.
        case notIVF
        /// Another codec than VP8.
        case notVP8
        /// No frame, or the first is no key frame: nobody could decode it.
        case noKeyFrame
    }

    /// Frames at most: ten minutes of 50 per second.
    static let frameCountMax = 30_000

    /// The file's frames, at least one, the first a key frame.
    package static func frames(of file: [UInt8]) throws(Failure) -> [VideoFrame] {
        guard file.count >= 32, file.starts(with: Array("DKIF".utf8)) else { throw .notIVF }
        guard file[8..<12].elementsEqual("VP80".utf8) else { throw .notVP8 }
        let ticksPerSecond = UInt64(Self.little(file, 16, 4))
        let ticks = UInt64(max(1, Self.little(file, 20, 4)))
        var offset = min(file.count, max(32, Int(Self.little(file, 6, 2))))
        var size = (width: UInt16(0), height: UInt16(0))
        var frames: [VideoFrame] = []
        var times: [UInt64] = []
        while frames.count < Self.frameCountMax, file.count - offset >= 12 {
            let length = Int(Self.little(file, offset, 4))
            let time = Self.little(file, offset + 4, 8)
            offset += 12
            guard length > 0, file.count - offset >= length else { break }
            let bytes = Array(file[offset..<offset + length])
            offset += length
            let isKeyFrame = bytes[0] & 1 == 0
            if isKeyFrame {
                guard bytes.count >= 10 else { break }
                size = (UInt16(Self.little(bytes, 6, 2) & 0x3FFF), UInt16(Self.little(bytes, 8, 2) & 0x3FFF))
            }
            frames.append(
                VideoFrame(bytes: bytes, isKeyFrame: isKeyFrame, width: size.width, height: size.height, duration: 0))
            times.append(time)
        }
        guard frames.first?.isKeyFrame == true else { throw .noKeyFrame }
        Self.setDurations(&frames, times, ticksPerSecond, ticks)
        return frames
    }

    /// A frame lasts until the next one; strange times become 1/30 s, so that no file can stop or flood a sender.
    private static func setDurations(
        _ frames: inout [VideoFrame], _ times: [UInt64], _ ticksPerSecond: UInt64, _ ticks: UInt64
    ) {
        var last: UInt32 = 3_000
        for index in frames.indices {
            if index + 1 < times.count, ticksPerSecond > 0, times[index + 1] > times[index] {
                let (product, overflow) = (times[index + 1] - times[index]).multipliedReportingOverflow(
                    by: 90_000 * ticks)
                let duration = product / ticksPerSecond
                if !overflow, (900...90_000).contains(duration) { last = UInt32(duration) }
            }
            frames[index].duration = last
        }
    }

    private static func little(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
        bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
