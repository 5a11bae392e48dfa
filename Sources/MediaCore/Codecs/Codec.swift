/// The codecs whose payload descriptors we read. What is inside a frame is ciphertext to everybody but the members.
public enum Codec: UInt8, Sendable, BitwiseCopyable {
    /// RFC 7587.
    case opus = 0
    /// RFC 7741.
    case vp8 = 1
    /// RFC 9628, profile 0.
    case vp9 = 2

    /// RTP clock rate in hertz.
    public var clockRate: UInt32 { self == .opus ? 48_000 : 90_000 }
}
