internal import Forwarding
internal import MediaCore
internal import Meeting
internal import SFU
internal import Signalling

extension SFUCommand {
    /// What a room asks, in the words of the media plane.
    init(_ instruction: MediaInstruction, in room: RoomNumber) {
        switch instruction {
        case .open(let endpoint, let offer): self = .open(OpenRequest(offer, room: room, endpoint: endpoint))
        case .close(let endpoint): self = .close(room.endpoint(endpoint))
        case .announce(let endpoint, let publication, let mid):
            self = .announce(room.endpoint(endpoint), room.publication(publication), mid: mid.text)
        case .withdraw(let publication): self = .withdraw(room.publication(publication))
        case .want(let endpoint, let wishes): self = .want(room.endpoint(endpoint), wishes.map { Want($0, in: room) })
        case .restart(let endpoint, let credentials):
            self = .restart(room.endpoint(endpoint), remote: ICECredentials(credentials))
        }
    }
}

extension Want {
    fileprivate init(_ wish: MediaInstruction.Wish, in room: RoomNumber) {
        self.init(
            publication: room.publication(wish.publication), height: UInt16(clamping: wish.height),
            rank: UInt16(clamping: wish.rank))
    }
}

extension ICECredentials {
    fileprivate init(_ credentials: MediaCommand.Credentials) {
        self.init(userFragment: credentials.ufrag, password: credentials.pwd)
    }
}

extension OpenRequest {
    fileprivate init(_ offer: AcceptedOffer, room: RoomNumber, endpoint: EndpointNumber) {
        let sound = offer.audioPayloads.map(PayloadType.init)
        let picture = offer.videoPayloads.map(PayloadType.init)
        func payloads(_ kind: Offer.Section.Kind) -> [PayloadType] { kind == .audio ? sound : picture }
        self.init(
            room: room.plane, endpoint: room.endpoint(endpoint), remote: ICECredentials(offer.credentials),
            remoteFingerprint: offer.fingerprint, extensions: ExtensionIdentifiers(offer.extensions),
            incoming: offer.own.map { section in
                IncomingSection(
                    mid: section.mid.text, kind: MediaKind(section.kind), rids: (section.rids ?? []).map(\.text),
                    ssrcs: section.ssrcs ?? [], payloadTypes: payloads(section.kind))
            },
            slots: offer.slots.map { section in
                SlotRequest(
                    mid: section.mid.text, kind: MediaKind(section.kind), payloadTypes: payloads(section.kind))
            },
            reservedSSRCs: (offer.own + offer.slots).flatMap { $0.ssrcs ?? [] })
    }
}

extension MediaKind {
    fileprivate init(_ kind: Offer.Section.Kind) {
        switch kind {
        case .audio: self = .audio
        case .video: self = .video
        }
    }
}

extension PayloadType {
    fileprivate init(_ payload: Offer.Payload) {
        self.init(
            number: UInt8(clamping: payload.pt), codec: Codec(payload.codec),
            retransmission: payload.rtx.map { UInt8(clamping: $0) })
    }
}

extension Codec {
    fileprivate init(_ codec: Offer.Payload.Codec) {
        switch codec {
        case .opus: self = .opus
        case .vp8: self = .vp8
        case .vp9: self = .vp9
        }
    }
}

extension ExtensionIdentifiers {
    fileprivate init(_ extensions: Offer.Extensions) {
        self.init()
        self.mid = UInt8(clamping: extensions.mid)
        self.transportCC = UInt8(clamping: extensions.twcc)
        self.rid = UInt8(clamping: extensions.rid ?? 0)
        self.repairedRID = UInt8(clamping: extensions.rrid ?? 0)
        self.dependencyDescriptor = UInt8(clamping: extensions.dd ?? 0)
    }
}
