/// Where a peer's picture comes from, for ever.
package enum VideoSource: Sendable {
    /// The built-in picture.
    case pattern(PatternSource)
    /// The frames of a file, repeated; each round starts with a key frame.
    case file(frames: [VideoFrame], next: Int)

    /// The frames of an IVF file, at least one.
    package init(_ frames: [VideoFrame]) {
        precondition(!frames.isEmpty, "the reader gives no empty list")
        self = .file(frames: frames, next: 0)
    }

    /// The next frame. When a receiver needs a key frame, a file jumps ahead to its next one.
    package mutating func next(keyFrameWanted: Bool) -> VideoFrame {
        switch self {
        case .pattern(var source):
            let frame = source.next()
            self = .pattern(source)
            return frame
        case .file(let frames, var index):
            if keyFrameWanted {
                index = (index..<frames.count).first { frames[$0].isKeyFrame } ?? 0
            }
            self = .file(frames: frames, next: (index + 1) % frames.count)
            return frames[index]
        }
    }
}
