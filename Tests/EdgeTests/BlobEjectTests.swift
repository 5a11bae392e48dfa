import BeraadTesting
import E2EE
import HTTPTypes
import NIOCore
import NIOPosix
import Signalling
import Testing

@Suite("Files of whoever is put out", .promise("P-028"))
struct BlobEjectTests {
    /// More than all buffers on the way hold.
    private static let size = 24 * FileLimits.partBytes

    /// Everything that still comes of a download which its reader lets stand after the first bytes, until `act` is
    /// over.
    private static func download(
        _ server: TestServer, _ blob: BlobID, _ token: BlobToken, _ act: () async throws -> Void
    ) async throws -> Int {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: server.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(
                ByteBuffer(
                    string: """
                        GET /api/v1/blobs/\(blob.text) HTTP/1.1\r
                        Host: \(server.authority)\r
                        Authorization: Bearer \(token.text)\r
                        Connection: close\r
                        \r

                        """))
            var iterator = inbound.makeAsyncIterator()
            var count = try await iterator.next(isolation: #isolation)?.readableBytes ?? 0
            #expect(count > 0)
            try await act()
            while let more = try? await iterator.next(isolation: #isolation) { count += more.readableBytes }
            return count
        }
    }

    @Test(
        "a download under way breaks off, and no token of theirs opens anything any more", .timeLimit(.minutes(1)))
    func ejected() async throws {
        try await TestServer.run { server in
            let meeting = try await server.meeting(capacity: 5)
            let (ready, told) = AsyncStream.makeStream(of: ParticipantID.self)
            try await TestSocket.open(server, meeting.id) { socket in
                let host = try GroupClient(socket, meeting, as: .host, name: "Anna")
                try await host.found()
                try await host.say(.room(.allow(.init(use: .files, isAllowed: true))))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { @Sendable in
                        try await TestSocket.open(server, meeting.id) { socket in
                            let guest = try GroupClient(socket, meeting, as: .guest, name: "Bram")
                            try await guest.enter()
                            try await guest.run { guest.joined != nil }
                            let participant = try #require(guest.joined?.participant)
                            try await Self.bringAndFetch(server, guest) { told.yield(participant) }
                        }
                    }
                    try await host.run { host.lobby.first?.words != nil }
                    try await host.take(.command(.admit([])))
                    try await host.run { host.roster.contains { $0.name == Array("Bram".utf8) } }
                    var iterator = ready.makeAsyncIterator()
                    let participant = try #require(await iterator.next(isolation: #isolation))
                    try await host.say(.room(.eject(.init(participant: participant, block: false))))
                    let bram = try #require(host.roster.first { $0.name == Array("Bram".utf8) })
                    try await host.take(.command(.eject(bram.signatureKey)))
                    try await host.run {
                        host.heard.contains { if case .room(.participantLeft) = $0 { true } else { false } }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    /// Brings one file whole and one in part, is put out while fetching, and tries everything once more.
    private static func bringAndFetch(
        _ server: TestServer, _ guest: GroupClient, isReady: () -> Void
    ) async throws {
        let client = BlobClient(server: server)
        let object = [UInt8](repeating: 7, count: Self.size)
        let whole = try await client.create(object.count, guest)
        try await client.bring(object, whole)
        let half = try await client.create(8, guest)
        #expect(try await client.post(half.blob, half.token, at: 0, [1]).status == .ok)
        let token = try await client.open(whole.blob, guest)
        let count = try await Self.download(server, whole.blob, token) {
            isReady()
            try await guest.run { guest.state == .out(.ejected) }
        }
        #expect(count < Self.size)
        #expect(try await client.get(whole.blob, token).status == .unauthorized)
        #expect(try await client.post(half.blob, half.token, at: 1, [1]).status == .unauthorized)
    }
}
