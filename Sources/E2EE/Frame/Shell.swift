/// Clear synthetic bytes around the ciphertext that keep a packetizer happy (`e2ee.md` 6). A shell is not authenticated
/// and never believed; it only tells how many bytes to skip and which frame type the outside claims.
enum Shell {
    /// What was found before the SFrame header.
    struct Stripped: Equatable {
        /// Where the sealed part starts and ends.
        var range: Range<Int>
        /// The frame type the outside claims; nothing when the codec has no shell.
        var isKeyFrame: Bool?
    }

    static func wrap(_ sealed: [UInt8], _ codec: FrameCodec, isKeyFrame: Bool, size: FrameSize?) -> [UInt8] {
        switch codec {
        case .opus, .vp9: sealed
        case .vp8: VP8Shell.bytes(isKeyFrame: isKeyFrame, size: size) + sealed
        case .av1: AV1Shell.bytes(isKeyFrame: isKeyFrame, payloadByteCount: sealed.count) + sealed
        }
    }

    static func strip(_ frame: Span<UInt8>, _ codec: FrameCodec) throws(FrameDrop) -> Stripped {
        switch codec {
        case .opus: Stripped(range: 0..<frame.count, isKeyFrame: false)
        case .vp9: Stripped(range: 0..<frame.count, isKeyFrame: nil)
        case .vp8: try VP8Shell.strip(frame)
        case .av1: try AV1Shell.strip(frame)
        }
    }
}

/// Picture size for the shell of a key frame, from the encoder; 14 bits each.
public struct FrameSize: Equatable, Sendable {
    /// Pixels from left to right.
    public var width: UInt16
    /// Pixels from top to bottom.
    public var height: UInt16

    /// A size in pixels.
    public init(width: UInt16, height: UInt16) {
        self.width = width
        self.height = height
    }
}

/// A VP8 uncompressed header with an empty first partition, so that both browsers' packetizers accept the frame.
enum VP8Shell {
    static func bytes(isKeyFrame: Bool, size: FrameSize?) -> [UInt8] {
        guard isKeyFrame else { return [0x11, 0, 0] }
        let width = (size?.width ?? 1_280) & 0x3FFF
        let height = (size?.height ?? 720) & 0x3FFF
        return [
            0x10, 0, 0, 0x9D, 0x01, 0x2A, UInt8(width & 0xFF), UInt8(width >> 8), UInt8(height & 0xFF),
            UInt8(height >> 8),
        ]
    }

    /// The first bit tells 10 bytes from 3; the rest is ignored.
    static func strip(_ frame: Span<UInt8>) throws(FrameDrop) -> Shell.Stripped {
        guard !frame.isEmpty else { throw .empty }
        let isKeyFrame = frame[0] & 1 == 0
        let length = isKeyFrame ? 10 : 3
        guard frame.count >= length else { throw .shell }
        return Shell.Stripped(range: length..<frame.count, isKeyFrame: isKeyFrame)
    }
}

/// One OBU around the ciphertext: type 1 for key frames, as key frames in an OBU of type 6 never decode.
enum AV1Shell {
    private static let sequenceHeader: UInt8 = 1
    private static let frame: UInt8 = 6

    static func bytes(isKeyFrame: Bool, payloadByteCount: Int) -> [UInt8] {
        var bytes: [UInt8] = [isKeyFrame ? 0x0A : 0x32]
        var rest = payloadByteCount
        repeat {
            let low = UInt8(rest & 0x7F)
            rest >>= 7
            bytes.append(rest == 0 ? low : low | 0x80)
        } while rest != 0
        return bytes
    }

    /// Accepts what a depacketizer may have rewritten: a temporal delimiter, an extension byte, no size field.
    static func strip(_ bytes: Span<UInt8>) throws(FrameDrop) -> Shell.Stripped {
        var offset = 0
        if bytes.count >= 2, bytes[0] == 0x12, bytes[1] == 0 { offset = 2 }
        guard offset < bytes.count else { throw .shell }
        let header = bytes[offset]
        let type = header >> 3 & 15
        guard header & 0x80 == 0, type == Self.sequenceHeader || type == Self.frame else { throw .shell }
        offset += header & 4 == 0 ? 1 : 2
        guard offset <= bytes.count else { throw .shell }
        if header & 2 != 0 {
            let size = try Self.leb128(bytes, &offset)
            guard size == bytes.count - offset else { throw .shell }
        }
        return Shell.Stripped(range: offset..<bytes.count, isKeyFrame: type == Self.sequenceHeader)
    }

    /// At most four bytes: 256 MiB is more than any frame.
    private static func leb128(_ bytes: Span<UInt8>, _ offset: inout Int) throws(FrameDrop) -> Int {
        var value = 0
        for index in 0..<4 {
            guard offset < bytes.count else { throw .shell }
            let byte = bytes[offset]
            offset += 1
            value |= Int(byte & 0x7F) << (7 * index)
            if byte & 0x80 == 0 { return value }
        }
        throw .shell
    }
}
