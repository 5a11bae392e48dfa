import BeraadTesting
import Edge
import HTTPTypes
import NIOCore
import NIOPosix
import Signalling
import Testing

@Suite("Readers of sealed files who do not read", .promise("P-042"))
struct BlobPatienceTests {
    /// Together more than all buffers on the way hold, each no more than the server writes at once: one of them is
    /// written, and does not go.
    private static let requests = 96
    private static let pieceBytes = 262_144

    /// Asks for a piece again and again, and reads nothing but what comes by itself, until `act` is over.
    private static func stall(
        _ server: TestServer, _ blob: BlobID, _ token: BlobToken, _ act: () async throws -> Void
    ) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: server.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let request = """
            GET /api/v1/blobs/\(blob.text) HTTP/1.1\r
            Host: \(server.authority)\r
            Authorization: Bearer \(token.text)\r
            Range: bytes=0-\(Self.pieceBytes - 1)\r
            \r

            """
        try await channel.executeThenClose { _, outbound in
            try await outbound.write(ByteBuffer(string: String(repeating: request, count: Self.requests)))
            try await act()
        }
    }

    @Test("whoever does not read the end of a download is cut, and their place is another's", .timeLimit(.minutes(1)))
    func end() async throws {
        let limits = EdgeLimits(downloadsAtMost: 1, transferPatience: .seconds(8))
        try await TestServer.run(limits: limits) { server in
            let meeting = try await server.meeting(capacity: 5)
            try await TestSocket.open(server, meeting.id) { socket in
                let host = try GroupClient(socket, meeting, as: .host, name: "Anna")
                try await host.found()
                let client = BlobClient(server: server)
                let object = [UInt8](repeating: 7, count: Self.pieceBytes)
                let created = try await client.create(object.count, host)
                try await client.bring(object, created)
                let token = try await client.open(created.blob, host)
                try await Self.stall(server, created.blob, token) {
                    func isBusy() async throws -> Bool {
                        try await client.get(created.blob, token, range: "bytes=0-0").status == .serviceUnavailable
                    }
                    // Between two of the answers the place is free for a moment; then one of them stands still.
                    var count = 0
                    while count < 30 { count = try await isBusy() ? count + 1 : 0 }
                    while try await isBusy() {}
                }
            }
        }
    }
}
