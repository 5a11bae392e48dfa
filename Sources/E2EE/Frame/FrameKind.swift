/// What a stream shows or sounds, as inner byte 1 names it (`e2ee.md` 6).
public enum FrameKind: UInt8, Sendable, CaseIterable {
    /// A voice.
    case microphone = 1
    /// A face.
    case camera = 2
    /// A shared screen.
    case screen = 3
    /// The sound of a shared screen.
    case screenAudio = 4

    /// Whether frames of this kind are padded to audio buckets.
    public var isAudio: Bool { self == .microphone || self == .screenAudio }
}

/// One RTP stream of a leaf. Every stream has its own context and so its own key and counter.
public enum StreamContext: UInt8, Sendable, CaseIterable {
    /// The microphone.
    case microphone = 0
    /// The camera's first stream in order of first use.
    case camera0 = 1
    /// The camera's second stream.
    case camera1 = 2
    /// The camera's third stream.
    case camera2 = 3
    /// The screen's first stream.
    case screen0 = 4
    /// The screen's sound.
    case screenAudio = 5
    /// The screen's second stream; 6 is reserved for data and dropped like 8 to 15.
    case screen1 = 7

    /// The kind that belongs to the context; an inner header that says another is a lie.
    public var kind: FrameKind {
        switch self {
        case .microphone: .microphone
        case .camera0, .camera1, .camera2: .camera
        case .screen0, .screen1: .screen
        case .screenAudio: .screenAudio
        }
    }
}

/// The codec inside the sealed frame, inner byte 3.
public enum FrameCodec: UInt8, Sendable, CaseIterable {
    /// RFC 7587.
    case opus = 0
    /// RFC 7741.
    case vp8 = 1
    /// RFC 9628.
    case vp9 = 2
    /// Reserved until `media.md` offers it; its shell exists.
    case av1 = 3
}
