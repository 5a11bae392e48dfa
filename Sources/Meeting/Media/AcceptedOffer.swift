package import Signalling

/// An offer that holds together, with what the server takes from it.
package struct AcceptedOffer: Equatable, Sendable {
    /// The client's ICE credentials.
    package let credentials: MediaCommand.Credentials
    /// SHA-256 of the client's certificate, 32 bytes.
    package let fingerprint: [UInt8]
    /// Identifiers of header extensions.
    package let extensions: Offer.Extensions
    /// Sections the client sends on.
    package let own: [Offer.Section]
    /// Sections that receive somebody.
    package let slots: [Offer.Section]
    /// Payload types of sound both sides know.
    package let audioPayloads: [Offer.Payload]
    /// Payload types of pictures both sides know.
    package let videoPayloads: [Offer.Payload]

    /// Takes an offer that holds together (`media.md` 3.2, "server checks").
    package init(checking offer: Offer) throws(MediaFailure) {
        try OfferCheck(offer).run()
        self.credentials = MediaCommand.Credentials(ufrag: offer.ufrag, pwd: offer.pwd)
        self.fingerprint = Self.bytes(ofFingerprint: offer.fingerprint)
        self.extensions = offer.extensions
        self.own = offer.sections.filter { $0.use != .slot }
        self.slots = offer.sections.filter { $0.use == .slot }
        self.audioPayloads = offer.payloads.filter { $0.codec == .opus }
        // One VP8 encoding is forwarded until the issue on media quality; VP9 is offered and not taken.
        self.videoPayloads = offer.payloads.filter { $0.codec == .vp8 }
        guard !self.audioPayloads.isEmpty || !offer.sections.contains(where: { $0.kind == .audio }),
            !self.videoPayloads.isEmpty || !offer.sections.contains(where: { $0.kind == .video })
        else { throw .noCommonCodec }
    }

    /// What an own section is used for; nil for a slot or a mid that is not in the offer.
    func use(of mid: Mid) -> Publication.Use? {
        switch self.own.first(where: { $0.mid == mid })?.use {
        case .microphone: .microphone
        case .camera: .camera
        case .screen: .screen
        case .screenAudio: .screenAudio
        case .slot, nil: nil
        }
    }

    /// The text was found to be 32 pairs of hexadecimal digits when it was read.
    private static func bytes(ofFingerprint text: String) -> [UInt8] {
        text.split(separator: ":").compactMap { UInt8($0, radix: 16) }
    }
}
