/// One Opus packet to send.
package struct OpusPacket: Equatable, Sendable {
    /// What the decoder gets.
    package var bytes: [UInt8]
    /// How long it sounds, in 1/48,000 s; 0 when its first byte makes no sense.
    package var duration: UInt32

    /// A packet whose duration is known.
    package init(bytes: [UInt8], duration: UInt32) {
        self.bytes = bytes
        self.duration = duration
    }

    /// Reads the duration from the table-of-contents byte (RFC 6716 §3.1, §3.2.5).
    package init?(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return nil }
        let frames: UInt32
        switch first & 3 {
        case 0: frames = 1
        case 1, 2: frames = 2
        default:
            guard bytes.count >= 2 else { return nil }
            frames = UInt32(bytes[1] & 0x3F)
        }
        let configuration = first >> 3
        let frameSize: UInt32 =
            switch configuration {
            case 0..<12: [480, 960, 1_920, 2_880][Int(configuration & 3)]
            case 12..<16: [480, 960][Int(configuration & 1)]
            default: [120, 240, 480, 960][Int(configuration & 3)]
            }
        let duration = frames * frameSize
        // 120 ms is the longest packet there is.
        guard duration > 0, duration <= 5_760 else { return nil }
        self.init(bytes: bytes, duration: duration)
    }
}
