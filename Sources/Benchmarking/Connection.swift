internal import Forwarding
internal import MediaCore
internal import MediaCrypto
internal import Wire

/// A server endpoint and the client that talks to it, brought together by ICE and DTLS in virtual time over a network
/// that loses nothing. Everyone is alike: a microphone, a camera, and the slots of a gallery.
struct Connection: ~Copyable {
    var server: Endpoint
    var client: Endpoint
    /// Where the server sees the client.
    let path: PathKey

    /// Receive slots of each kind, as a browser of ours asks for them.
    static let slots = (audio: 8, video: 25)
    /// Sections of the client, and so streams of the client and streams of a received packet.
    static let microphone: UInt16 = 0, camera: UInt16 = 1

    private static let serverPath = PathKey.v4(0x0A00_0001, port: 7_700)
    private static let opus = [PayloadType(number: 111, codec: .opus)]
    private static let vp8 = [PayloadType(number: 96, codec: .vp8, retransmission: 97)]

    /// Two ends that have not met yet.
    init(_ number: Int, server: Identity, client: Identity, now: MediaTime) throws {
        let name = String(number, radix: 36)
        let atServer = ICECredentials(userFragment: "srvr\(name)", password: "serverPasswordOf22Chars")
        let atClient = ICECredentials(userFragment: "clnt\(name)", password: "clientPasswordOf22Chars")
        var extensions = ExtensionIdentifiers()
        (extensions.mid, extensions.transportCC) = (4, 3)
        let slots = Self.slotStreams
        let passive = try Endpoint(
            EndpointParameters(
                role: .server, local: atServer, remote: atClient, remoteFingerprint: client.fingerprint,
                extensions: extensions,
                incoming: [
                    IncomingSection(mid: "0", kind: .audio, payloadTypes: Self.opus),
                    IncomingSection(mid: "1", kind: .video, ssrcs: [1_111, 1_112], payloadTypes: Self.vp8),
                ], outgoing: slots, rtcpSSRC: 99, cname: "server"),
            identity: server, now: now, wallClockOffset: 0xE000_0000_0000_0000, seed: UInt64(2 * number))
        let active = try Endpoint(
            EndpointParameters(
                role: .client, local: atClient, remote: atServer, remoteFingerprint: server.fingerprint,
                extensions: extensions,
                incoming: slots.map {
                    IncomingSection(
                        mid: $0.mid, kind: $0.kind, ssrcs: [$0.ssrc] + [$0.retransmissionSSRC].compactMap { $0 },
                        payloadTypes: $0.payloadTypes)
                },
                outgoing: [
                    OutgoingStream(mid: "0", kind: .audio, ssrc: 1_000, payloadTypes: Self.opus),
                    OutgoingStream(
                        mid: "1", kind: .video, ssrc: 1_111, retransmissionSSRC: 1_112, payloadTypes: Self.vp8),
                ], rtcpSSRC: 1_000, cname: "client", remoteCandidates: [Self.serverPath]),
            identity: client, now: now, wallClockOffset: 0xE000_0000_0000_0000, seed: UInt64(2 * number + 1))
        self.server = passive
        self.client = active
        self.path = .v4(0x0A00_0100 + UInt32(number), port: 50_000)
    }

    private static var slotStreams: [OutgoingStream] {
        let sound = (0..<self.slots.audio).map {
            OutgoingStream(mid: "\(2 + $0)", kind: .audio, ssrc: 4_000 + UInt32($0), payloadTypes: self.opus)
        }
        let pictures = (0..<self.slots.video).map {
            OutgoingStream(
                mid: "\(10 + $0)", kind: .video, ssrc: 12_000 + 2 * UInt32($0),
                retransmissionSSRC: 12_001 + 2 * UInt32($0), payloadTypes: self.vp8)
        }
        return sound + pictures
    }

    /// The same slots as a room knows them.
    static var slotParameters: [SlotParameters] {
        self.slotStreams.map {
            SlotParameters(kind: $0.kind, hasRetransmission: $0.retransmissionSSRC != nil, start: 1_000)
        }
    }

    /// Runs the handshake; false when the two have not met by `until`.
    mutating func connect(from start: MediaTime, until: MediaTime, scratch: inout Scratch) -> Bool {
        var now = start
        var slab = PacketSlab(capacity: 4)
        while !(self.server.isConnected && self.client.isConnected) {
            while self.exchange(now: now, &scratch, &slab) {}
            // Both are idle: time passes until one of them has something to do.
            guard now < until else { return false }
            now = now + .milliseconds(1)
            self.server.elapse(now: now)
            self.client.elapse(now: now)
        }
        while self.exchange(now: now, &scratch, &slab) {}
        return true
    }

    /// Carries what each has to say to the other; false when both were silent.
    private mutating func exchange(now: MediaTime, _ scratch: inout Scratch, _ slab: inout PacketSlab) -> Bool {
        var said = false
        while let bytes = Self.next(&self.client, now: now, &scratch) {
            self.server.receive(bytes.rawSpan, on: self.path, arrival: now, slab: &slab)
            said = true
        }
        while let bytes = Self.next(&self.server, now: now, &scratch) {
            self.client.receive(bytes.rawSpan, on: Self.serverPath, arrival: now, slab: &slab)
            said = true
        }
        return said
    }

    private static func next(_ endpoint: inout Endpoint, now: MediaTime, _ scratch: inout Scratch) -> [UInt8]? {
        while true {
            switch endpoint.next(now: now, into: &scratch) {
            // SAFETY: the bytes are copied while the pointer is valid.
            case .transmit(_, let count): return unsafe scratch.withBytes(count) { unsafe Array($0) }
            case .media, .event: continue
            case .idle: return nil
            }
        }
    }

    /// What the client does with a datagram of media: the payload, if it is one.
    mutating func opens(_ datagram: RawSpan, now: MediaTime, slab: inout PacketSlab, scratch: inout Scratch) -> [UInt8]?
    {
        self.client.receive(datagram, on: Self.serverPath, arrival: now, slab: &slab)
        var payload: [UInt8]?
        while true {
            switch self.client.next(now: now, into: &scratch) {
            case .media(let handle):
                let packet = slab[handle]
                let start = Int(packet.payloadOffset)
                // SAFETY: the handle is ours until it is released below; the payload lies in its cell.
                payload = unsafe Array(slab.cell(handle)[start..<start + Int(packet.payloadLength)])
                slab.release(handle)
            case .transmit, .event: continue
            case .idle: return payload
            }
        }
    }
}
