import MediaCore
import MediaCrypto
import Testing
import Wire

/// A client that may say what an `Endpoint` never would: ICE, DTLS and SRTP are right, what they carry is the test's.
/// There is no network between it and the server, and no time passes but what the test lets pass.
final class RawPeer {
    static let path = PathKey.v4(0x0A00_0002, port: 50_000)

    var server: Endpoint
    var now = MediaTime.zero
    private(set) var events: [EndpointEvent] = []
    private var dtls: DTLSAssociation
    private var sender: SRTPSender?
    private var slab = PacketSlab(capacity: 8)
    private var scratch = Scratch()
    private(set) var media: [MediaPacket] = []

    private struct NoHandshake: Error {}

    init() throws {
        let own = try Identity()
        let servers = try Identity()
        var extensions = ExtensionIdentifiers()
        (extensions.mid, extensions.transportCC) = (4, 3)
        let vp8 = [PayloadType(number: 96, codec: .vp8, retransmission: 97)]
        self.server = try Endpoint(
            EndpointParameters(
                role: .server, local: EndpointPair.serverCredentials, remote: EndpointPair.clientCredentials,
                remoteFingerprint: own.fingerprint, extensions: extensions,
                incoming: [IncomingSection(mid: "1", kind: .video, ssrcs: [1_111, 1_112], payloadTypes: vp8)],
                outgoing: [
                    OutgoingStream(
                        mid: "12", kind: .video, ssrc: 12_000, retransmissionSSRC: 12_001, payloadTypes: vp8)
                ], rtcpSSRC: 99, cname: "server"),
            identity: servers, now: .zero, wallClockOffset: 0, random: KeyedGenerator(seed: Array(0..<32)))
        self.dtls = try DTLSAssociation(
            role: .client, identity: own, peerFingerprint: servers.fingerprint, now: 0)
        self.say(EndpointPair.check(nominates: true))
        self.dtls.start(now: 0)
        for _ in 0..<4 {
            self.flush()
            self.drain()
        }
        guard let keys = self.dtls.takeKeys() else { throw NoHandshake() }
        self.sender = try SRTPSender(keys, side: .client, streams: 8)
    }

    var isConnected: Bool { self.server.isConnected }

    private func flush() {
        var buffer = [UInt8](repeating: 0, count: 1_500)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { out in
                unsafe self.dtls.next(into: out, now: self.now.nanoseconds)
            }
            guard count > 0 else { return }
            self.server.receive(Array(buffer[..<count]).rawSpan, on: Self.path, arrival: self.now, slab: &self.slab)
        }
    }

    private func drain() {
        while true {
            switch self.server.next(now: self.now, into: &self.scratch) {
            case .transmit(_, let count):
                let bytes = unsafe self.scratch.withBytes(count) { unsafe Array($0) }
                if DatagramKind(of: bytes.rawSpan) == .dtls {
                    self.dtls.receive(bytes.rawSpan, now: self.now.nanoseconds)
                }
            case .media(let handle):
                self.media.append(self.slab[handle])
                self.slab.release(handle)
            case .event(let event): self.events.append(event)
            case .idle: return
            }
        }
    }

    private func say(_ datagram: [UInt8]) {
        self.server.receive(datagram.rawSpan, on: Self.path, arrival: self.now, slab: &self.slab)
        self.drain()
    }

    /// Sends a compound of these packets; answers what the server told of it.
    func report(_ packets: [[UInt8]]) -> [EndpointEvent] {
        let plain = packets.flatMap { $0 }
        var buffer = plain + [UInt8](repeating: 0, count: 64)
        let sealed =
            unsafe buffer.withUnsafeMutableBytes { unsafe self.sender?.sealRTCP($0, length: plain.count) } ?? 0
        let before = self.events.count
        self.say(Array(buffer[..<sealed]))
        return Array(self.events[before...])
    }

    /// A packet of RTCP: count or format, type, and the words of its body.
    static func packet(_ count: UInt8, _ type: UInt8, _ body: [UInt32]) -> [UInt8] {
        [0x80 | count, type, UInt8(body.count >> 8), UInt8(body.count & 0xFF)]
            + body.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
    }
}
