import BeraadTesting
import MediaCore
import MediaCrypto
import Wire

/// A server and a client endpoint joined by a seeded network, in virtual time: what a real call does, in milliseconds.
/// It is as honest as a worker: an endpoint hears of time only when its own deadline has come, or with a datagram.
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
    /// A datagram that left: for which end, and on which path as its sender sees it.
    struct Recorded {
        let end: Int
        let path: PathKey
        let bytes: [UInt8]

        var kind: DatagramKind { DatagramKind(of: self.bytes.rawSpan) }
    }

    /// Every datagram that left, for attacks.
    var recorded: [Recorded] = []
    /// The network is cut: nothing arrives.
    var isCut = false
    /// What becomes of a datagram just before it arrives; nothing = it is lost.
    var tamper: (Int, [UInt8]) -> [UInt8]? = { _, bytes in bytes }
    /// When each end wants to hear of time again, by its own word.
    private var deadlines = [MediaTime.zero, MediaTime.zero]
    static let serverCredentials = ICECredentials(
        userFragment: "srvr", password: "server-password-22-charss".filter { $0 != "-" })
    static let clientCredentials = ICECredentials(
        userFragment: "clnt", password: "client-password-22-charss".filter { $0 != "-" })

    init(
        seed: UInt64 = 1, conditions: NetemConditions = NetemConditions(delay: .milliseconds(10)),
        clientFingerprint: [UInt8]? = nil
    ) throws {
        let serverIdentity = try Identity()
        let clientIdentity = try Identity()
        let serverCredentials = Self.serverCredentials
        let clientCredentials = Self.clientCredentials
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
            self.drain()
            let deadline = min(self.deadlines[0], self.deadlines[1], self.network.deadline)
            guard deadline <= until else { break }
            self.now = max(self.now, deadline)
            while let (end, bytes) = self.network.next(now: self.now) { self.deliver(bytes, to: end) }
            if self.deadlines[Self.serverEnd] <= self.now { self.server.elapse(now: self.now) }
            if self.deadlines[Self.clientEnd] <= self.now { self.client.elapse(now: self.now) }
        }
        self.now = until
        self.drain()
    }

    func run(for span: MediaSpan) { self.run(until: self.now + span) }

    /// What the network brings.
    private func deliver(_ bytes: [UInt8], to end: Int) {
        guard !self.isCut, let bytes = self.tamper(end, bytes) else { return }
        self.inject(bytes, to: end)
    }

    /// Hands a datagram to one end, whatever the network is like.
    func inject(_ bytes: [UInt8], to end: Int, from path: PathKey? = nil) {
        if end == Self.serverEnd {
            self.server.receive(bytes.rawSpan, on: path ?? self.clientPath, arrival: self.now, slab: &self.serverSlab)
        } else {
            self.client.receive(bytes.rawSpan, on: path ?? Self.serverPath, arrival: self.now, slab: &self.clientSlab)
        }
        self.drain()
    }

    /// Takes everything out of both endpoints, and their word when to come again.
    func drain() {
        self.drainServer()
        self.drainClient()
    }

    private func drainServer() {
        while true {
            switch self.server.next(now: self.now, into: &self.scratch) {
            case .transmit(let path, let count):
                let bytes = unsafe self.scratch.withBytes(count) { unsafe Array($0) }
                self.recorded.append(Recorded(end: Self.clientEnd, path: path, bytes: bytes))
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
                self.deadlines[Self.serverEnd] = until
                return
            }
        }
    }

    private func drainClient() {
        while true {
            switch self.client.next(now: self.now, into: &self.scratch) {
            case .transmit(let path, let count):
                let bytes = unsafe self.scratch.withBytes(count) { unsafe Array($0) }
                self.recorded.append(Recorded(end: Self.serverEnd, path: path, bytes: bytes))
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
                self.deadlines[Self.clientEnd] = until
                return
            }
        }
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
        padding: UInt8 = 0, isDelivered: Bool = true
    ) -> Int {
        let bytes = self.written(by: Self.clientEnd, payload, stream, sequence, timestamp, isRetransmission, padding)
        guard !bytes.isEmpty else { return 0 }
        self.recorded.append(Recorded(end: Self.serverEnd, path: Self.serverPath, bytes: bytes))
        if isDelivered { self.network.send(bytes, to: Self.serverEnd, now: self.now) }
        return bytes.count
    }

    /// The server sends one packet on a slot (0 = sound, 1 = picture), to where it says that media goes.
    func serverSends(
        _ payload: [UInt8], stream: UInt16 = 1, sequence: UInt64, timestamp: UInt32 = 0, isRetransmission: Bool = false
    ) -> Int {
        let bytes = self.written(by: Self.serverEnd, payload, stream, sequence, timestamp, isRetransmission, 0)
        guard !bytes.isEmpty, let path = self.server.selectedPath else { return 0 }
        self.recorded.append(Recorded(end: Self.clientEnd, path: path, bytes: bytes))
        if path == self.clientPath { self.network.send(bytes, to: Self.clientEnd, now: self.now) }
        return bytes.count
    }

    private func written(
        by end: Int, _ payload: [UInt8], _ stream: UInt16, _ sequence: UInt64, _ timestamp: UInt32,
        _ isRetransmission: Bool, _ padding: UInt8
    ) -> [UInt8] {
        var slab = PacketSlab(capacity: 1)
        let handle = Self.makePacket(payload, codec: stream == 0 ? .opus : .vp8, in: &slab)
        let packet = Outgoing(
            stream: stream, packet: handle, sequence: sequence, timestamp: timestamp, marker: true,
            isRetransmission: isRetransmission, padding: padding)
        let out = UnsafeMutableRawBufferPointer.allocate(byteCount: 2_048, alignment: 16)
        defer { unsafe out.deallocate() }
        let count =
            end == Self.serverEnd
            ? unsafe self.server.write(packet, from: slab, now: self.now, into: out)
            : unsafe self.client.write(packet, from: slab, now: self.now, into: out)
        return unsafe Array(out[..<count])
    }

    /// What the server sent to `path`.
    func sent(to path: PathKey) -> [Recorded] {
        self.recorded.filter { $0.end == Self.clientEnd && $0.path == path }
    }

    /// The same check without the nomination, as a client sends it that is still looking.
    static func withoutNomination(_ bytes: [UInt8]) -> [UInt8] {
        guard let message = try? STUNMessage(bytes.rawSpan), message.messageClass == .request, message.useCandidate
        else {
            return bytes
        }
        return Self.check(nominates: false, transaction: message.transaction)
    }

    /// A check the participant signed, from wherever a test says it came.
    static func check(
        nominates: Bool, number: UInt64 = 1, transaction: STUNTransactionID? = nil,
        server: ICECredentials = serverCredentials, client: ICECredentials = clientCredentials
    ) -> [UInt8] {
        let request = STUNWriter.Request(
            username: Array("\(server.userFragment):\(client.userFragment)".utf8), priority: 1,
            role: .controlling(tieBreaker: 1), useCandidate: nominates)
        return MediaCoreTests.written { out in
            STUNWriter.request(
                request, transaction: transaction ?? STUNTransactionID(high: 0xC0FF_EE00, low: number),
                key: Array(server.password.utf8).rawSpan, into: &out)
        }
    }
}
