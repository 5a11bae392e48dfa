/// The eight sealed bytes before the codec's frame: what a receiver believes instead of the RTP header.
public struct InnerHeader: Equatable, Sendable {
    /// Bytes of every inner header.
    public static var byteCount: Int { 8 }

    /// The frame can be decoded without any before it; false for sound.
    public var isKeyFrame: Bool
    /// Stream and kind of the frame.
    public var context: StreamContext
    /// Spatial layer, 0...7.
    public var spatialID: UInt8
    /// Temporal layer, 0...7.
    public var temporalID: UInt8
    /// The codec of the frame.
    public var codec: FrameCodec
    /// The sender's RTP timestamp before any rewriting.
    public var mediaTime: UInt32

    /// The inner header of a frame to seal.
    public init(
        isKeyFrame: Bool, context: StreamContext, spatialID: UInt8 = 0, temporalID: UInt8 = 0, codec: FrameCodec,
        mediaTime: UInt32
    ) {
        self.isKeyFrame = isKeyFrame
        self.context = context
        self.spatialID = spatialID & 7
        self.temporalID = temporalID & 7
        self.codec = codec
        self.mediaTime = mediaTime
    }

    /// The bytes, version 1.
    public func encoded() -> [UInt8] {
        [
            0x10 | (self.isKeyFrame ? 1 : 0),
            self.context.kind.rawValue << 4 | self.context.rawValue,
            self.spatialID << 5 | self.temporalID << 2,
            self.codec.rawValue,
            UInt8(self.mediaTime >> 24), UInt8(self.mediaTime >> 16 & 0xFF), UInt8(self.mediaTime >> 8 & 0xFF),
            UInt8(self.mediaTime & 0xFF),
        ]
    }

    /// Reads an opened frame and compares it with what was outside: the context of the key id, the negotiated codec and
    /// the outer frame type, in the order of `e2ee.md` 6, step 6.
    init(
        parsing bytes: [UInt8], context: StreamContext, codec: FrameCodec, outerKeyFrame: Bool?
    ) throws(FrameDrop) {
        guard bytes.count >= Self.byteCount else { throw .inner }
        guard bytes[0] >> 4 == 1 else { throw .version }
        guard bytes[0] & 0x0E == 0, bytes[2] & 3 == 0 else { throw .inner }
        guard bytes[1] == context.kind.rawValue << 4 | context.rawValue else { throw .kindMismatch }
        guard bytes[3] == codec.rawValue else { throw .codecMismatch }
        let isKeyFrame = bytes[0] & 1 == 1
        if let outerKeyFrame, outerKeyFrame != isKeyFrame { throw .frameTypeMismatch }
        let high = UInt32(bytes[4]) << 24 | UInt32(bytes[5]) << 16
        self.init(
            isKeyFrame: isKeyFrame, context: context, spatialID: bytes[2] >> 5, temporalID: bytes[2] >> 2 & 7,
            codec: codec, mediaTime: high | UInt32(bytes[6]) << 8 | UInt32(bytes[7]))
    }
}
