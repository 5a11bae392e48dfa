/// One encoded picture to send.
struct VideoFrame: Equatable, Sendable {
    /// The codec's bytes.
    var bytes: [UInt8]
    /// Decodable without any before it.
    var isKeyFrame: Bool
    /// For the shell of a key frame.
    var width: UInt16
    /// For the shell of a key frame.
    var height: UInt16
    /// Until the next one, in 1/90,000 s.
    var duration: UInt32
}
