import HTTPTypes
import NIOCore
import NIOPosix

/// A web server that says what a test wants it to say, byte for byte.
enum FalseServer {
    enum Reply: Sendable {
        case answer(FalseAnswer)
        /// An answer without an end.
        case endless(FalseAnswer)
        /// Bytes that need not be HTTP.
        case raw(String)
        case silence
    }

    /// Runs it on a free port; `reply` gets the path.
    static func run<Outcome: Sendable>(
        _ reply: @escaping @Sendable (String) async throws -> Reply,
        _ test: @Sendable (_ port: Int) async throws -> Outcome
    ) async throws -> Outcome {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        guard let port = listener.channel.localAddress?.port else { throw TestServer.Unexpected() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await listener.executeThenClose { connections in
                    try await withThrowingDiscardingTaskGroup { group in
                        for try await connection in connections {
                            group.addTask { await Self.serve(connection, reply) }
                        }
                    }
                }
            }
            defer { group.cancelAll() }
            return try await test(port)
        }
    }

    private static func serve(
        _ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ reply: @Sendable (String) async throws -> Reply
    ) async {
        // Whoever asked may have gone, which is the end of this connection and of nothing else.
        try? await connection.executeThenClose { inbound, outbound in
            var parts = inbound.makeAsyncIterator()
            var request = ""
            while !request.contains("\r\n\r\n"), let part = try await parts.next() { request += String(buffer: part) }
            let words = request.split(separator: " ")
            switch try await reply(words.count > 1 ? String(words[1]) : "") {
            case .answer(let answer): try await outbound.write(ByteBuffer(bytes: answer.bytes))
            case .endless(let answer):
                try await outbound.write(ByteBuffer(bytes: answer.bytes))
                while true { try await outbound.write(ByteBuffer(repeating: UInt8(ascii: " "), count: 65_536)) }
            case .raw(let text): try await outbound.write(ByteBuffer(string: text))
            case .silence: while try await parts.next() != nil {}
            }
        }
    }
}

/// An answer to change. It ends when the connection does.
struct FalseAnswer: Sendable {
    /// Sent before everything else.
    var hints = ""
    var status = 200
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    /// What an honest server said.
    init(_ response: TestResponse) {
        self.status = response.status.code
        self.headers = response.headers.map { (name: $0.name.rawName, value: $0.value) }
            .filter { !["content-length", "connection"].contains($0.name.lowercased()) }
        self.body = Array(response.body.readableBytesView)
    }

    /// A page without any header of ours.
    init(page: String) {
        self.add("Content-Type", "text/html; charset=utf-8")
        self.body = Array(page.utf8)
    }

    /// Replaces all fields of a name.
    mutating func set(_ name: String, _ values: [String]) {
        self.headers.removeAll { $0.name.lowercased() == name.lowercased() }
        for value in values { self.add(name, value) }
    }

    mutating func add(_ name: String, _ value: String) { self.headers.append((name: name, value: value)) }

    var bytes: [UInt8] {
        let fields = self.headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        return Array("\(self.hints)HTTP/1.1 \(self.status) Any\r\nConnection: close\r\n\(fields)\r\n".utf8) + self.body
    }
}
