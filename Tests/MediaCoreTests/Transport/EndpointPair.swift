import BeraadTesting
import MediaCore
import MediaCrypto
import Wire

/// A server and a client endpoint joined by a seeded network, in virtual time: what a real call does, in milliseconds.
final class EndpointPair {
    static let serverEnd = 0
    static let clientEnd = 1
    /// The client sees the server here.
    static let serverPath = PathKey.v4(0x0A00_0001, port: 7_700)
    /// The server sees the client here; a moved client has another port.
    var clientPath = PathKey.v4(0x0A00_0002, port: 50_000)

    var server: Endpoint
    var client: Endpoint
    var network: Netem
    var now = MediaTime.zero
    var scratch = Scratch()
    var serverSlab = PacketSlab(capacity: 256)
    var clientSlab = PacketSlab(capacity: 256)
    var serverEvents: [EndpointEvent] = []
    var clientEvents: [EndpointEvent] = []
    var serverMedia: [MediaPacket] = []
    var serverPayloads: [[UInt8]] = []
    var clientMedia: [MediaPacket] = []
    var clientPayloads: [[UInt8]] = []
    /// Every datagram that left, for attacks.
    var recorded: [(end: Int, bytes: [UInt8])] = []
    /// The network is cut: nothing arrives.
    var isCut = false

    init(
        seed: UInt64 = 1, conditions: NetemConditions = NetemConditions(delay: .milliseconds(10)),
        clientFingerprint: [UInt8]? = nil
    ) throws {
        let serverIdentity = try Identity()
        let clientIdentity = try Identity()
        let serverCredentials = ICECredentials(
            userFragment: "srvr", password: "server-password-22-charss".filter { $0 != "-" })
        let clientCredentials = ICECredentials(
            userFragment: "clnt", password: "client-password-22-charss".filter { $0 != "-" })
        var extensions = ExtensionIdentifiers()
        extensions.mid = 4
        extensions.transportCC = 3
        let opus = [PayloadType(number: 111, codec: .opus)]
        let vp8 = [PayloadType(number: 96, codec: .vp8, retransmission: 97)]
        self.server = try Endpoint(
            EndpointParameters(
                role: .server, local: serverCredentials, remote: clientCredentials,
                remoteFingerprint: clientFingerprint ?? clientIdentity.fingerprint, extensions: extensions,
                incoming: [
                    IncomingSection(mid: "0", kind: .audio, payloadTypes: opus),
                    IncomingSection(mid: "1", kind: .video, ssrcs: [1_111, 1_112], payloadTypes: vp8),
                ],
                outgoing: [
                    OutgoingStream(mid: "4", kind: .audio, ssrc: 4_000, payloadTypes: opus),
                    OutgoingStream(
                        mid: "12", kind: .video, ssrc: 12_000, retransmissionSSRC: 12_001, payloadTypes: vp8),
                ], rtcpSSRC: 99, cname: "server"),
            identity: serverIdentity, now: .zero, wallClockOffset: 0xE000_0000_0000_0000, seed: seed)
        self.client = try Endpoint(
            EndpointParameters(
                role: .client, local: clientCredentials, remote: serverCredentials,
                remoteFingerprint: serverIdentity.fingerprint, extensions: extensions,
                incoming: [
                    IncomingSection(mid: "4", kind: .audio, ssrcs: [4_000], payloadTypes: opus),
                    IncomingSection(mid: "12", kind: .video, ssrcs: [12_000, 12_001], payloadTypes: vp8),
                ],
                outgoing: [
                    OutgoingStream(mid: "0", kind: .audio, ssrc: 1_000, payloadTypes: opus),
                    OutgoingStream(mid: "1", kind: .video, ssrc: 1_111, retransmissionSSRC: 1_112, payloadTypes: vp8),
                ], rtcpSSRC: 1_000, cname: "client", remoteCandidates: [Self.serverPath]),
            identity: clientIdentity, now: .zero, wallClockOffset: 0xE000_0000_0000_0000, seed: seed &+ 1)
        self.network = Netem(seed: seed, conditions: conditions)
    }

    // What the macros of the test library can look at: they cannot borrow a value that is not copyable.
    var areConnected: Bool { self.server.isConnected && self.client.isConnected }
    var selectedPath: PathKey? { self.server.selectedPath }
    var statistics: EndpointStatistics { self.server.statistics }
    var slabUsed: Int { self.serverSlab.used }

    // MARK: Running

    /// Runs until `until`, or until nothing is left to do.
    func run(until: MediaTime) {
        while true {
            let deadline = min(self.drain(), self.network.deadline)
            guard deadline <= until else { break }
            self.now = max(self.now, deadline)
            while let (end, bytes) = self.network.next(now: self.now) { self.deliver(bytes, to: end) }
            self.server.elapse(now: self.now)
            self.client.elapse(now: self.now)
        }
        self.now = until
        self.server.elapse(now: until)
        self.client.elapse(now: until)
        _ = self.drain()
    }

    func run(for span: MediaSpan) { self.run(until: self.now + span) }

    func deliver(_ bytes: [UInt8], to end: Int, from path: PathKey? = nil) {
        guard !self.isCut else { return }
        if end == Self.serverEnd {
            self.server.receive(bytes.rawSpan, on: path ?? self.clientPath, arrival: self.now, slab: &self.serverSlab)
        } else {
            self.client.receive(bytes.rawSpan, on: path ?? Self.serverPath, arrival: self.now, slab: &self.clientSlab)
        }
        _ = self.drain()
    }

    /// Drains both endpoints; answers the earlier deadline.
    func drain() -> MediaTime {
        var deadline = MediaTime.never
        drainServer: while true {
            switch self.server.next(now: self.now, into: &self.scratch) {
            case .transmit(let path, let count):
                let bytes = unsafe self.scratch.withBytes(count) { unsafe Array($0) }
                self.recorded.append((Self.clientEnd, bytes))
                if path == self.clientPath { self.network.send(bytes, to: Self.clientEnd, now: self.now) }
            case .media(let handle):
                let packet = self.serverSlab[handle]
                let start = Int(packet.payloadOffset)
                self.serverMedia.append(packet)
                self.serverPayloads.append(
                    unsafe Array(self.serverSlab.cell(handle)[start..<start + Int(packet.payloadLength)]))
                self.serverSlab.release(handle)
            case .event(let event): self.serverEvents.append(event)
            case .idle(let until):
                deadline = min(deadline, until)
                break drainServer
            }
        }
        drainClient: while true {
            switch self.client.next(now: self.now, into: &self.scratch) {
            case .transmit(_, let count):
                let bytes = unsafe self.scratch.withBytes(count) { unsafe Array($0) }
                self.recorded.append((Self.serverEnd, bytes))
                self.network.send(bytes, to: Self.serverEnd, now: self.now)
            case .media(let handle):
                let packet = self.clientSlab[handle]
                let start = Int(packet.payloadOffset)
                self.clientMedia.append(packet)
                self.clientPayloads.append(
                    unsafe Array(self.clientSlab.cell(handle)[start..<start + Int(packet.payloadLength)]))
                self.clientSlab.release(handle)
            case .event(let event): self.clientEvents.append(event)
            case .idle(let until):
                deadline = min(deadline, until)
                break drainClient
            }
        }
        return deadline
    }

    // MARK: Media

    /// A packet of `payload` in `slab`, as if it had come in.
    static func makePacket(_ payload: [UInt8], codec: Codec, in slab: inout PacketSlab) -> PacketHandle {
        guard let handle = slab.allocate() else { return .none }
        unsafe slab.cell(handle).copyBytes(from: payload)
        slab[handle].payloadLength = UInt16(payload.count)
        slab[handle].codec = codec
        return handle
    }

    /// The client sends one packet on its stream (0 = microphone, 1 = camera). A lost one still uses its number.
    func clientSends(
        _ payload: [UInt8], stream: UInt16 = 1, sequence: UInt64, timestamp: UInt32 = 0, isRetransmission: Bool = false,
        isDelivered: Bool = true
    ) -> Int {
        let handle = Self.makePacket(payload, codec: stream == 0 ? .opus : .vp8, in: &self.clientSlab)
        let out = UnsafeMutableRawBufferPointer.allocate(byteCount: 2_048, alignment: 16)
        defer { unsafe out.deallocate() }
        let count = unsafe self.client.write(
            Outgoing(
                stream: stream, packet: handle, sequence: sequence, timestamp: timestamp, marker: true,
                isRetransmission: isRetransmission), from: self.clientSlab, now: self.now, into: out)
        let bytes = unsafe Array(out[..<count])
        self.clientSlab.release(handle)
        guard count > 0 else { return 0 }
        self.recorded.append((Self.serverEnd, bytes))
        if isDelivered { self.network.send(bytes, to: Self.serverEnd, now: self.now) }
        return count
    }
}
