import CLinux
import Forwarding
import Glibc
import MediaCore
import MediaCrypto
import SFU
import Synchronization

/// Events of a media plane as they come in from its threads.
final class EventLog: Sendable {
    private let events = Mutex<[SFUEvent]>([])

    func append(_ more: [SFUEvent]) { self.events.withLock { $0 += more } }

    func first<Found>(_ match: (SFUEvent) -> Found?) -> Found? {
        self.all.lazy.compactMap(match).first
    }

    func last<Found>(_ match: (SFUEvent) -> Found?) -> Found? {
        self.all.reversed().lazy.compactMap(match).first
    }

    private var all: [SFUEvent] { self.events.withLock { $0 } }

    func forget() { self.events.withLock { $0 = [] } }
}

/// A media plane on a loopback port of its own, and clients with real sockets, all pumped by the test itself.
final class Harness {
    let log = EventLog()
    let plane: MediaPlane
    let room = RoomID(rawValue: 1)
    private(set) var clients: [MediaClient] = []
    private var nextEndpoint: UInt64 = 1

    /// Tests send as fast as a machine can, so the rates of a publication are out of the way unless a test wants them.
    static let anyRate = PublicationRates(
        audioPackets: 1 << 20, audioBytes: 1 << 30, videoPackets: 1 << 20, videoBytes: 1 << 30)

    init(
        bind: String = "127.0.0.1", endpoints: Int = 64, cells: Int = 4_096, rates: PublicationRates = Harness.anyRate
    ) throws {
        let log = self.log
        self.plane = try MediaPlane(
            configuration: MediaConfiguration(
                bind: [bind], workers: 1, endpoints: endpoints, cells: cells, rates: rates),
            events: { log.append($0) })
        try self.plane.start()
        self.plane.submit(.openRoom(self.room))
    }

    deinit { self.plane.stop() }

    static func request(_ endpoint: EndpointID, room: RoomID, client: MediaClient, slots: Int = 2) -> OpenRequest {
        let opus = [PayloadType(number: 111, codec: .opus)]
        let vp8 = [PayloadType(number: 96, codec: .vp8, retransmission: 97)]
        let audio = (0..<slots).map { SlotRequest(mid: "a\($0)", kind: .audio, payloadTypes: opus) }
        let video = (0..<slots).map { SlotRequest(mid: "v\($0)", kind: .video, payloadTypes: vp8) }
        return OpenRequest(
            room: room, endpoint: endpoint, remote: client.credentials,
            remoteFingerprint: client.identity.fingerprint, extensions: MediaClient.extensions,
            incoming: [
                IncomingSection(mid: "0", kind: .audio, payloadTypes: opus),
                IncomingSection(mid: "1", kind: .video, ssrcs: [1_111, 1_112], payloadTypes: vp8),
            ], slots: audio + video, reservedSSRCs: [1_000, 1_111, 1_112])
    }

    /// A client with two slots of each kind; not connected yet.
    func open() throws -> MediaClient {
        let client = try MediaClient(id: EndpointID(rawValue: self.nextEndpoint))
        self.nextEndpoint += 1
        self.plane.submit(.open(Self.request(client.id, room: self.room, client: client)))
        let answer = self.wait { log in
            log.first { if case .opened(client.id, let answer) = $0 { answer } else { nil } }
        }
        guard let answer else { throw MediaPlaneError.system(errno: ETIMEDOUT) }
        try client.begin(answer)
        self.clients.append(client)
        return client
    }

    /// A client that is connected.
    func join() throws -> MediaClient {
        let client = try self.open()
        let isConnected = self.pump { client.isConnected && self.log.first { $0.connects(client.id) } != nil }
        guard isConnected else { throw MediaPlaneError.system(errno: ETIMEDOUT) }
        return client
    }

    func leave(_ client: MediaClient) {
        self.plane.submit(.close(client.id))
        _ = self.wait { log in log.first { if case .ended(client.id, let reason) = $0 { reason } else { nil } } }
        self.clients.removeAll { $0 === client }
    }

    /// Announces the camera (or microphone) of one for all others, who want it.
    func publish(_ client: MediaClient, _ publication: UInt64, mid: String = "1") {
        let id = PublicationID(rawValue: publication)
        self.plane.submit(.announce(client.id, id, mid: mid))
        for other in self.clients where other !== client && mid == "1" {
            self.plane.submit(.want(other.id, [Want(publication: id, height: 360, rank: 0)]))
        }
        _ = self.pump {
            self.log.last { if case .assigned(_, _, let slots) = $0 { slots } else { nil } }?
                .contains { $0.publication == id } ?? false
        }
    }

    /// Counters as of now.
    func statistics() -> WorkerStatistics {
        self.log.forget()
        self.plane.submit(.statistics)
        return self.wait { log in log.first { if case .statistics(let counted) = $0 { counted } else { nil } } }
            ?? WorkerStatistics()
    }

    /// Carries datagrams for all clients until `isDone`, at most thirty seconds. Waits in poll, never in sleep.
    func pump(seconds: Int64 = 30, until isDone: () -> Bool) -> Bool {
        let end = MediaClient.now + .seconds(seconds)
        while !isDone() {
            guard MediaClient.now < end else { return false }
            MediaClient.poll(self.clients)
            for client in self.clients { client.turn() }
        }
        return true
    }

    func wait<Found>(_ look: (EventLog) -> Found?) -> Found? {
        var found: Found?
        _ = self.pump {
            found = look(self.log)
            return found != nil
        }
        return found
    }
}

extension SFUEvent {
    func connects(_ id: EndpointID) -> Bool? {
        if case .connected(id) = self { true } else { nil }
    }
}
