package import MediaCore

/// The SSRCs of the two streams a peer sends, random per connection.
package struct OwnStreams: Sendable, Equatable {
    /// The own voice.
    package let microphone: UInt32
    /// The own picture.
    package let camera: UInt32
    /// Its retransmissions.
    package let cameraRetransmission: UInt32
    /// The section of the picture: the camera's, or that of a shared screen.
    package var pictureMid = MediaLayout.camera

    /// Fresh ones.
    package init(random: inout some RandomNumberGenerator) {
        // Not 0, and different from each other with certainty.
        let first = UInt32.random(in: 1...0x3FFF_FFFF, using: &random)
        self.microphone = first
        self.camera = first | 0x4000_0000
        self.cameraRetransmission = first | 0x8000_0000
    }

    /// What the client sends: stream 0 is the voice, stream 1 the picture.
    package var outgoing: [OutgoingStream] {
        [
            OutgoingStream(
                mid: MediaLayout.microphone, kind: .audio, ssrc: self.microphone, payloadTypes: [MediaLayout.opus]),
            OutgoingStream(
                mid: self.pictureMid, kind: .video, ssrc: self.camera,
                retransmissionSSRC: self.cameraRetransmission, payloadTypes: [MediaLayout.vp8]),
        ]
    }

    /// The same as a server receives it, for a server in a test.
    package var incoming: [IncomingSection] {
        [
            IncomingSection(
                mid: MediaLayout.microphone, kind: .audio, ssrcs: [self.microphone],
                payloadTypes: [MediaLayout.opus]),
            IncomingSection(
                mid: self.pictureMid, kind: .video, ssrcs: [self.camera, self.cameraRetransmission],
                payloadTypes: [MediaLayout.vp8]),
        ]
    }
}
