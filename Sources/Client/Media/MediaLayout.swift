package import MediaCore
internal import Signalling

/// The sections of a peer's connection, laid out like a browser's (`media.md` 3.1): microphone, camera, screen, screen
/// audio, audio slots, video slots. Unused ones cost nothing on the wire.
package struct MediaLayout: Sendable, Equatable {
    /// Voices received at once.
    package var audioSlots: Int
    /// Pictures received at once.
    package var videoSlots: Int

    /// Mid of the own voice.
    package static let microphone = "0"
    /// Mid of the own picture.
    package static let camera = "1"
    /// Mid of a shared screen.
    package static let screen = "2"
    /// Mid of its sound.
    package static let screenAudio = "3"

    /// Where something of one's own goes out; the sound of a screen is not sent here.
    static func mid(_ use: Permissions.Use) -> String {
        switch use {
        case .microphone: Self.microphone
        case .camera: Self.camera
        case .screen: Self.screen
        }
    }

    /// A layout.
    package init(audioSlots: Int, videoSlots: Int) {
        self.audioSlots = audioSlots
        self.videoSlots = videoSlots
    }

    /// The identifiers of a Chromium, as the specification's example has them.
    package static let opus = PayloadType(number: 111, codec: .opus)
    /// The same for pictures.
    package static let vp8 = PayloadType(number: 96, codec: .vp8, retransmission: 97)

    /// The identifiers of our header extensions.
    package static var extensions: ExtensionIdentifiers {
        var extensions = ExtensionIdentifiers()
        extensions.mid = 4
        extensions.transportCC = 3
        return extensions
    }

    /// Mids of the slots for voices.
    package var audioMids: [String] { (0..<self.audioSlots).map { String(4 + $0) } }
    /// Mids of the slots for pictures.
    package var videoMids: [String] { (0..<self.videoSlots).map { String(4 + self.audioSlots + $0) } }
}

/// A slot as the server opened it.
package struct MediaSlot: Sendable, Equatable {
    /// Its section.
    package var mid: String
    /// Voice or picture.
    package var kind: MediaKind
    /// SSRC of its media.
    package var ssrc: UInt32
    /// SSRC of its retransmissions.
    package var retransmissionSSRC: UInt32?

    /// A slot.
    package init(mid: String, kind: MediaKind, ssrc: UInt32, retransmissionSSRC: UInt32? = nil) {
        self.mid = mid
        self.kind = kind
        self.ssrc = ssrc
        self.retransmissionSSRC = retransmissionSSRC
    }
}

extension MediaSlot {
    /// As a section the server sends on.
    package var incoming: IncomingSection {
        IncomingSection(
            mid: self.mid, kind: self.kind, ssrcs: [self.ssrc] + (self.retransmissionSSRC.map { [$0] } ?? []),
            payloadTypes: [self.kind == .audio ? MediaLayout.opus : MediaLayout.vp8])
    }

    /// As a stream of the server, for a server in a test.
    package var outgoing: OutgoingStream {
        OutgoingStream(
            mid: self.mid, kind: self.kind, ssrc: self.ssrc, retransmissionSSRC: self.retransmissionSSRC,
            payloadTypes: [self.kind == .audio ? MediaLayout.opus : MediaLayout.vp8])
    }
}
