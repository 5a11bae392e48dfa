import BeraadTesting
import Client

/// A stand-in for an encoded camera: bytes without meaning, in the sizes and the rhythm of one. Nobody on the way may look
/// into a frame, so nobody needs a real one; the first byte tells key frames apart, as VP8's does.
enum CameraPicture {
    static let framesPerSecond = 30

    /// Two seconds at about 700 kbit/s: one key frame of nine packets, then frames of two or three.
    static func frames(seed: UInt64) -> [VideoFrame] {
        var random = SeededGenerator(seed: seed)
        return (0..<60).map { index in
            let isKey = index == 0
            let size = isKey ? 9_500 : 2_000 + Int(random.next() % 1_000)
            var bytes = random.bytes(size)
            bytes[0] = isKey ? bytes[0] & 0xFE : bytes[0] | 1
            return VideoFrame(bytes: bytes, isKeyFrame: isKey, width: 640, height: 360, duration: 3_000)
        }
    }
}
