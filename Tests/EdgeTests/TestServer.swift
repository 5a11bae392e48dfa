import Edge
import Foundation
import Hummingbird
import Meeting
import NIOCore
import NIOPosix
import Server
import Signalling

/// The real edge over real meetings, with a media plane that says nothing, on a free port of this machine.
struct TestServer {
    let client: TestClient
    /// What is behind the edge.
    let house: House
    /// The folder with everything the server keeps.
    let data: URL

    /// Whether rules are told that time passes; where they are, the house also ends as it does in a server that stops.
    enum Time {
        case stands, passes
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func site() throws -> Site {
        try Site(folder: Self.root.appending(path: "Web"))
    }

    @discardableResult
    static func run<Outcome: Sendable>(
        trusting proxies: [String] = [], site: Site? = nil, tls: ServerCertificate? = nil,
        accounts: TestAccounts? = nil, planned: (any PlannedDoor)? = nil, creators: Creators = .anyone,
        address: PublicAddress? = nil, limits: EdgeLimits = EdgeLimits(), data: URL? = nil,
        blobBytes: Int = 1 << 36, time: Time = .stands,
        log: EventLog = EventLog { _ in }, _ test: @Sendable (TestServer) async throws -> Outcome
    ) async throws -> Outcome {
        guard let proxies = TrustedProxies(proxies) else { throw Unexpected() }
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        let folder = data ?? FileManager.default.temporaryDirectory.appending(path: "beraad-\(UUID().uuidString)")
        // A left-over folder harms nobody; one that was given is the test's own.
        defer { if data == nil { try? FileManager.default.removeItem(at: folder) } }
        let house = House(
            media: QuietMedia(), installationSecret: [UInt8](repeating: 7, count: 32),
            store: try BlobStore(in: folder, bytesAtMost: blobBytes), planned: planned ?? accounts?.desk,
            log: EventLog { _ in })
        let application = try EdgeServer.application(
            EdgeServer.Configuration(
                host: "127.0.0.1", port: 0, tls: tls, proxies: proxies, limits: limits, creators: creators,
                address: address),
            site: site ?? Self.site(), door: house, accounts: accounts?.desk, log: log,
            ready: { told.yield($0) })
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { told.finish() }
                try await application.runService(gracefulShutdownSignals: [])
            }
            if time == .passes { group.addTask { await house.run() } }
            var iterator = ports.makeAsyncIterator()
            guard let port = await iterator.next() else {
                // It says why it did not start.
                try await group.next()
                throw Unexpected()
            }
            defer { group.cancelAll() }
            return try await test(TestServer(client: TestClient(port: port), house: house, data: folder))
        }
    }

    var port: Int { self.client.port }

    /// Names of sealed files on disk.
    func blobs() throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: self.data.appending(path: "blobs").path(percentEncoded: false))
    }

    /// The host name a browser on this machine uses.
    var authority: String { "localhost:\(self.port)" }

    /// A meeting that can be joined.
    func meeting(capacity: Int = 25, passcode: String? = nil) async throws -> TestMeeting {
        let created = try await self.created()
        let meeting = try TestMeeting(created.id, capacity: capacity, passcode: passcode)
        let response = try await self.register(meeting.registration.encoded, created)
        guard response.status == .noContent else { throw Unexpected() }
        return meeting
    }

    func created() async throws -> MeetingCreated {
        let response = try await self.client.executeRequest(
            uri: "/api/v1/meetings", method: .post, headers: [:], body: nil)
        return try MeetingCreated(decoding: Array(response.body.readableBytesView))
    }

    func register(
        _ body: String, _ created: MeetingCreated, token: String? = nil
    ) async throws -> TestResponse {
        try await self.client.executeRequest(
            uri: "/api/v1/meetings/\(created.id.text)/invite", method: .put,
            headers: [.authorization: "Bearer \(token ?? created.token.text)"], body: ByteBuffer(string: body))
    }

    /// Makes more personal links, or takes one back.
    func addTickets(
        _ tickets: [TicketCertificate], _ created: MeetingCreated, token: String? = nil
    ) async throws -> TestResponse {
        try await self.client.executeRequest(
            uri: "/api/v1/meetings/\(created.id.text)/tickets", method: .post,
            headers: [.authorization: "Bearer \(token ?? created.token.text)"],
            body: ByteBuffer(string: NewTickets(tickets: tickets).encoded))
    }

    func revoke(
        _ hash: String, _ created: MeetingCreated, token: String? = nil
    ) async throws -> TestResponse {
        try await self.client.executeRequest(
            uri: "/api/v1/meetings/\(created.id.text)/tickets/\(hash)", method: .delete,
            headers: [.authorization: "Bearer \(token ?? created.token.text)"], body: nil)
    }

    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await self.client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
    }

    /// Sends these bytes, and answers everything that comes back until the server closes.
    func raw(_ request: String) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: self.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var answer = ""
            for try await part in inbound { answer += String(buffer: part) }
            return answer
        }
    }

    struct Unexpected: Error {}
}

/// A media plane that takes everything and says nothing.
struct QuietMedia: MediaDoor {
    let reports = AsyncStream<[RoomReport]> { _ in }

    func start() {}
    func openRoom(_ room: RoomNumber) {}
    func closeRoom(_ room: RoomNumber) {}
    func submit(_ instruction: MediaInstruction, in room: RoomNumber) {}
    func counters() async -> [MediaCounter] { [] }
    func stop() {}
}
