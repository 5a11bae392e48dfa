internal import MediaCore

/// Splits sealed VP8 frames into RTP payloads (RFC 7741): a descriptor with a 15-bit picture id, then a piece of shell and
/// ciphertext.
struct VP8Packetizer {
    /// With RTP header, extensions and tag a datagram stays under 1,200 bytes.
    static let pieceByteCountMax = 1_120
    static let descriptorByteCount = 4

    private var pictureID: UInt16

    init(firstPictureID: UInt16) { self.pictureID = firstPictureID & 0x7FFF }

    /// The payloads of one frame, in order; the last one gets the marker.
    mutating func payloads(of frame: [UInt8]) -> [[UInt8]] {
        let pictureID = self.pictureID
        self.pictureID = (self.pictureID + 1) & 0x7FFF
        let count = max(1, (frame.count + Self.pieceByteCountMax - 1) / Self.pieceByteCountMax)
        // Pieces of about the same size: the last packet of a frame must not stand out.
        let size = (frame.count + count - 1) / count
        return (0..<count).map { index in
            let isFirst = index == 0
            let descriptor: [UInt8] = [
                0x80 | (isFirst ? 0x10 : 0), 0x80, 0x80 | UInt8(pictureID >> 8), UInt8(pictureID & 0xFF),
            ]
            return descriptor + frame[min(frame.count, index * size)..<min(frame.count, (index + 1) * size)]
        }
    }
}
