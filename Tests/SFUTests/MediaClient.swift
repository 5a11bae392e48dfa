import CLinux
import Glibc
import MediaCore
import MediaCrypto
import SFU

/// The client side of one transport: a client-role `Endpoint` on a real UDP socket of the loopback interface.
@safe final class MediaClient {
    static let extensions = {
        var extensions = ExtensionIdentifiers()
        extensions.mid = 4
        extensions.transportCC = 3
        return extensions
    }()

    struct Received: Equatable {
        var stream: UInt16
        var sequence: UInt64
        var isRetransmission: Bool
        var payload: [UInt8]
    }

    let id: EndpointID
    let identity: Identity
    let credentials: ICECredentials
    let socket: Int32
    private(set) var slots: [SlotAnswer] = []
    private(set) var received: [Received] = []
    private(set) var events: [EndpointEvent] = []
    /// Sees what goes to the server.
    var watch: ([UInt8]) -> Void = { _ in }
    /// Answers whether a datagram from the server is lost.
    var loses: ([UInt8]) -> Bool = { _ in false }

    private var endpoint: Endpoint?
    private var slab = PacketSlab(capacity: 512)
    private var scratch = Scratch()
    private var serverPort: UInt16 = 0
    // SAFETY: 2,048 bytes, owned by this object, freed in `deinit`.
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 2_048, alignment: 16)

    init(id: EndpointID) throws {
        self.id = id
        self.identity = try Identity()
        let name = String(id.rawValue, radix: 16)
        self.credentials = ICECredentials(
            userFragment: "client\(name)", password: "passwordofclient\(name)passwordofclient")
        self.socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(BERAAD_SOCK_FLAGS), 0)
        var address = Self.address(port: 0)
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(self.socket, $0, 16) }
        }
        guard result == 0 else { throw MediaPlaneError.system(errno: errno) }
    }

    deinit {
        close(self.socket)
        unsafe self.buffer.deallocate()
    }

    static var now: MediaTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return MediaTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    /// Waits until one of the sockets has something, at most 2 ms.
    static func poll(_ clients: [MediaClient]) {
        var descriptors = clients.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
        _ = unsafe Glibc.poll(&descriptors, nfds_t(descriptors.count), 2)
    }

    var isConnected: Bool { self.endpoint?.isConnected ?? false }
    var statistics: EndpointStatistics? { self.endpoint?.statistics }
    var serverAddress: UInt16 { self.serverPort }

    /// Starts ICE and DTLS with what the server answered.
    func begin(_ answer: OpenAnswer) throws {
        let opus = [PayloadType(number: 111, codec: .opus)]
        let vp8 = [PayloadType(number: 96, codec: .vp8, retransmission: 97)]
        self.slots = answer.slots
        self.serverPort = answer.candidates.first?.port ?? 0
        self.endpoint = try Endpoint(
            EndpointParameters(
                role: .client, local: self.credentials, remote: answer.local, remoteFingerprint: answer.fingerprint,
                extensions: Self.extensions,
                incoming: answer.slots.map { slot in
                    IncomingSection(
                        mid: slot.mid, kind: slot.rtx == nil ? .audio : .video,
                        ssrcs: [slot.ssrc] + [slot.rtx].compactMap { $0 },
                        payloadTypes: slot.rtx == nil ? opus : vp8)
                },
                outgoing: [
                    OutgoingStream(mid: "0", kind: .audio, ssrc: 1_000, payloadTypes: opus),
                    OutgoingStream(mid: "1", kind: .video, ssrc: 1_111, retransmissionSSRC: 1_112, payloadTypes: vp8),
                ], rtcpSSRC: 1_000, cname: "client", remoteCandidates: [.v4(0x7F00_0001, port: self.serverPort)]),
            identity: self.identity, now: Self.now, wallClockOffset: 0xE000_0000_0000_0000, seed: self.id.rawValue)
    }

    /// Takes what came in, and says what there is to say.
    func turn() {
        while let datagram = self.next() {
            guard !self.loses(datagram) else { continue }
            // SAFETY: bytes have no padding to read.
            unsafe self.endpoint?.receive(
                datagram.span.bytes, on: .v4(0x7F00_0001, port: self.serverPort), arrival: Self.now, slab: &self.slab)
            self.drain()
        }
        self.endpoint?.elapse(now: Self.now)
        self.drain()
    }

    func perform(_ command: EndpointCommand) {
        self.endpoint?.perform(command, now: Self.now)
        self.drain()
    }

    func forget() { self.received = [] }

    /// Sends one packet of the camera (stream 1) or the microphone (0).
    func send(_ payload: [UInt8], stream: UInt16 = 1, sequence: UInt64, timestamp: UInt32 = 0) {
        guard let handle = self.slab.allocate() else { return }
        unsafe self.slab.cell(handle).copyBytes(from: payload)
        self.slab[handle].payloadLength = UInt16(payload.count)
        self.slab[handle].codec = stream == 0 ? .opus : .vp8
        let packet = Outgoing(stream: stream, packet: handle, sequence: sequence, timestamp: timestamp, marker: true)
        let count = unsafe self.endpoint?.write(packet, from: self.slab, now: Self.now, into: self.buffer) ?? 0
        self.slab.release(handle)
        if count > 0 { unsafe self.transmit(UnsafeRawBufferPointer(rebasing: self.buffer[..<count])) }
    }

    /// VP8 with picture id and TL0PICIDX; the byte behind the descriptor tells key frames from others.
    static func frame(_ number: UInt16, key: Bool = false, size: Int = 900) -> [UInt8] {
        let picture = number & 0x7FFF | 0x8000
        let descriptor: [UInt8] = [
            0x90, 0xC0, UInt8(picture >> 8), UInt8(picture & 0xFF), UInt8(truncatingIfNeeded: number),
        ]
        return descriptor + [key ? 0 : 1] + (0..<size).map { UInt8(truncatingIfNeeded: Int(number) &+ $0) }
    }

    /// Sends bytes as they are.
    func inject(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe self.transmit($0) }
    }

    private func transmit(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.watch(Array(bytes))
        var address = Self.address(port: self.serverPort)
        unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = unsafe sendto(self.socket, bytes.baseAddress, bytes.count, 0, $0, 16)
            }
        }
    }

    private func next() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 2_048)
        let count = unsafe recv(self.socket, &bytes, bytes.count, 0)
        return count > 0 ? Array(bytes[..<count]) : nil
    }

    private func drain() {
        while true {
            switch self.endpoint?.next(now: Self.now, into: &self.scratch) {
            case .transmit(_, let count): unsafe self.scratch.withBytes(count) { unsafe self.transmit($0) }
            case .media(let handle):
                let packet = self.slab[handle]
                let start = Int(packet.payloadOffset)
                let payload = unsafe Array(self.slab.cell(handle)[start..<start + Int(packet.payloadLength)])
                self.received.append(
                    Received(
                        stream: packet.stream, sequence: packet.sequence, isRetransmission: packet.isRetransmission,
                        payload: payload))
                self.slab.release(handle)
            case .event(let event): self.events.append(event)
            case .idle, nil: return
            }
        }
    }
}
