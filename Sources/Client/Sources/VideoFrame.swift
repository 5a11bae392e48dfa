/// One encoded picture to send.
package struct VideoFrame: Equatable, Sendable {
    /// The codec's bytes.
    package var bytes: [UInt8]
    /// Decodable without any before it.
    package var isKeyFrame: Bool
    /// For the shell of a key frame.
    package var width: UInt16
    /// For the shell of a key frame.
    package var height: UInt16
    /// Until the next one, in 1/90,000 s.
    package var duration: UInt32

    /// A picture.
    package init(bytes: [UInt8], isKeyFrame: Bool, width: UInt16, height: UInt16, duration: UInt32) {
        self.bytes = bytes
        self.isKeyFrame = isKeyFrame
        self.width = width
        self.height = height
        self.duration = duration
    }
}
