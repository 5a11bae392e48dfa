internal import MediaCore

/// The sections of a peer's connection, laid out like a browser's (`media.md` 3.1): microphone, camera, screen, screen
/// audio, audio slots, video slots. Unused ones cost nothing on the wire.
struct MediaLayout: Sendable, Equatable {
    var audioSlots: Int
    var videoSlots: Int

    static let microphone = "0"
    static let camera = "1"
    static let screen = "2"
    static let screenAudio = "3"

    /// The identifiers of a Chromium, as the specification's example has them.
    static let opus = PayloadType(number: 111, codec: .opus)
    static let vp8 = PayloadType(number: 96, codec: .vp8, retransmission: 97)

    static var extensions: ExtensionIdentifiers {
        var extensions = ExtensionIdentifiers()
        extensions.mid = 4
        extensions.transportCC = 3
        return extensions
    }

    var audioMids: [String] { (0..<self.audioSlots).map { String(4 + $0) } }
    var videoMids: [String] { (0..<self.videoSlots).map { String(4 + self.audioSlots + $0) } }
}

/// A slot as the server opened it.
struct MediaSlot: Sendable, Equatable {
    var mid: String
    var kind: MediaKind
    var ssrc: UInt32
    var retransmissionSSRC: UInt32?
}

/// The SSRCs of the two streams a peer sends, random per connection.
struct OwnStreams: Sendable, Equatable {
    var microphone: UInt32
    var camera: UInt32
    var cameraRetransmission: UInt32

    init(random: inout some RandomNumberGenerator) {
        // Not 0, and far apart from each other with certainty.
        let first = UInt32.random(in: 1...0x3FFF_FFFF, using: &random)
        self.microphone = first
        self.camera = first | 0x4000_0000
        self.cameraRetransmission = first | 0x8000_0000
    }
}
