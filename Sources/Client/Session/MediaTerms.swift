internal import E2EE
internal import MediaCore
internal import MediaCrypto
internal import Signalling

/// What a peer offers for one media connection, and what becomes of the answer (`media.md` 3.2).
struct MediaTerms: Sendable {
    let layout: MediaLayout
    let identity: Identity
    let streams: OwnStreams
    var local: ICECredentials

    init(layout: MediaLayout, sharesScreen: Bool) throws(ClientFailure) {
        self.layout = layout
        do {
            self.identity = try Identity()
        } catch {
            throw .system
        }
        var random = SystemRandomNumberGenerator()
        var streams = OwnStreams(random: &random)
        if sharesScreen { streams.pictureMid = MediaLayout.screen }
        self.streams = streams
        self.local = Self.credentials()
    }

    /// Fresh credentials: 8 and 24 ice-chars (RFC 8839 §5.4).
    static func credentials() -> ICECredentials {
        ICECredentials(userFragment: Self.text(8), password: Self.text(24))
    }

    private static func text(_ count: Int) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        return String((0..<count).map { _ in alphabet[Int.random(in: 0..<64)] })
    }

    var offer: Offer {
        let fingerprint = self.identity.fingerprint.map { Self.hex($0) }.joined(separator: ":")
        let picture = [self.streams.camera, self.streams.cameraRetransmission]
        let isScreen = self.streams.pictureMid == MediaLayout.screen
        var sections = [
            Offer.Section(
                mid: Mid(unchecked: MediaLayout.microphone), kind: .audio, use: .microphone,
                ssrcs: [self.streams.microphone]),
            Offer.Section(
                mid: Mid(unchecked: MediaLayout.camera), kind: .video, use: .camera, layout: .single,
                ssrcs: isScreen ? [] : picture),
            Offer.Section(
                mid: Mid(unchecked: MediaLayout.screen), kind: .video, use: .screen, layout: .single,
                ssrcs: isScreen ? picture : []),
            Offer.Section(mid: Mid(unchecked: MediaLayout.screenAudio), kind: .audio, use: .screenAudio),
        ]
        sections += self.layout.audioMids.map { .init(mid: Mid(unchecked: $0), kind: .audio, use: .slot) }
        sections += self.layout.videoMids.map { .init(mid: Mid(unchecked: $0), kind: .video, use: .slot) }
        return Offer(
            use: .both, ufrag: self.local.userFragment, pwd: self.local.password, fingerprint: fingerprint,
            device: .desktop,
            payloads: [
                .init(pt: Int(MediaLayout.opus.number), codec: .opus),
                .init(
                    pt: Int(MediaLayout.vp8.number), codec: .vp8, rtx: MediaLayout.vp8.retransmission.map { Int($0) }),
            ],
            extensions: .init(
                mid: Int(MediaLayout.extensions.mid), twcc: Int(MediaLayout.extensions.transportCC)),
            sections: sections)
    }

    /// The server's addresses that we can send to.
    static func candidates(_ answer: Answer) -> [PathKey] {
        answer.candidates.compactMap { candidate in
            guard candidate.transport == .udp, let port = UInt16(exactly: candidate.port) else { return nil }
            return PathKey(address: candidate.address, port: port)
        }
    }

    /// The slots the server opened, in the order it named them, and the endpoint's parameters.
    func parameters(_ answer: Answer) -> (slots: [MediaSlot], parameters: EndpointParameters)? {
        guard let fingerprint = Self.bytes(fingerprint: answer.fingerprint) else { return nil }
        let audio = Set(self.layout.audioMids)
        let video = Set(self.layout.videoMids)
        let slots = answer.slots.compactMap { slot -> MediaSlot? in
            let isAudio = audio.contains(slot.mid.text)
            guard isAudio || video.contains(slot.mid.text) else { return nil }
            return MediaSlot(
                mid: slot.mid.text, kind: isAudio ? .audio : .video, ssrc: slot.ssrc, retransmissionSSRC: slot.rtx)
        }
        let parameters = EndpointParameters(
            role: .client, local: self.local,
            remote: ICECredentials(userFragment: answer.ufrag, password: answer.pwd), remoteFingerprint: fingerprint,
            extensions: MediaLayout.extensions, incoming: slots.map(\.incoming), outgoing: self.streams.outgoing,
            rtcpSSRC: self.streams.microphone, cname: Self.text(16), remoteCandidates: Self.candidates(answer))
        return (slots, parameters)
    }

    private static func bytes(fingerprint: String) -> [UInt8]? {
        let parts = fingerprint.split(separator: ":", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { $0.utf8.count == 2 ? UInt8($0, radix: 16) : nil }
        return bytes.count == 32 && parts.count == 32 ? bytes : nil
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = Array("0123456789ABCDEF")
        return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
    }
}
