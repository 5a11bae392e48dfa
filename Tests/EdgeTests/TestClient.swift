import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOPosix

/// What the server answered.
struct TestResponse: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let body: ByteBuffer
}

/// Asks the server on a port of this machine, each time on a connection of its own.
struct TestClient: Sendable {
    let port: Int

    /// No answer came.
    struct Silence: Error {}

    func executeRequest(
        uri: String, method: HTTPRequest.Method, headers: HTTPFields, body: ByteBuffer?
    ) async throws -> TestResponse {
        var headers = headers
        if method == .post || method == .put { headers[.contentLength] = String(body?.readableBytes ?? 0) }
        let head = HTTPRequest(
            method: method, scheme: "http", authority: "localhost:\(self.port)", path: uri, headerFields: headers)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: self.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(HTTP1ToHTTPClientCodec())
                    return try NIOAsyncChannel<HTTPResponsePart, HTTPRequestPart>(wrappingChannelSynchronously: channel)
                }
            }
        // A server that says nothing fails one test and hangs none.
        let patience = channel.channel.eventLoop.scheduleTask(in: .seconds(20)) { channel.channel.close(promise: nil) }
        defer { patience.cancel() }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(.head(head))
            if let body { try await outbound.write(.body(body)) }
            try await outbound.write(.end(nil))
            var answer: HTTPResponse?
            var bytes = ByteBuffer()
            for try await part in inbound {
                switch part {
                case .head(let head): answer = head
                case .body(let more): bytes.writeImmutableBuffer(more)
                case .end:
                    guard let answer else { throw Silence() }
                    return TestResponse(status: answer.status, headers: answer.headerFields, body: bytes)
                }
            }
            throw Silence()
        }
    }
}
