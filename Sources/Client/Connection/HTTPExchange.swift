internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// One HTTP request and its answer, on a connection of its own.
struct HTTPExchange {
    struct Answer: Sendable {
        var status: Int
        var body: [UInt8]
    }

    var address: ServerAddress
    var method: HTTPMethod
    var path: String
    var headers: [(String, String)] = []
    var body: [UInt8] = []

    /// Answers of ours are short; a longer one comes from something else.
    private static let bodyByteCountMax = 65_536

    func run() async throws(ClientFailure) -> Answer {
        do {
            return try await self.connectAndAsk()
        } catch let failure as ClientFailure {
            throw failure
        } catch {
            throw .unreachable
        }
    }

    private func connectAndAsk() async throws -> Answer {
        let address = self.address
        let channel = try await Bootstrap.client().channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try Bootstrap.secure(channel, address)
                try channel.pipeline.syncOperations.addHTTPClientHandlers()
            }
        }.connect(host: address.host, port: address.port).get()
        let answer = channel.eventLoop.makePromise(of: Answer.self)
        try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.addHandler(
                Collector(answer: answer, bodyByteCountMax: Self.bodyByteCountMax))
        }.get()
        var head = HTTPRequestHead(version: .http1_1, method: self.method, uri: self.path)
        head.headers.add(name: "Host", value: address.authority)
        head.headers.add(name: "Connection", value: "close")
        head.headers.add(name: "Content-Length", value: String(self.body.count))
        for (name, value) in self.headers { head.headers.add(name: name, value: value) }
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: self.body))), promise: nil)
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        let timeout = channel.eventLoop.scheduleTask(in: .seconds(10)) { answer.fail(ClientFailure.unreachable) }
        defer {
            timeout.cancel()
            channel.close(promise: nil)
        }
        return try await answer.futureResult.get()
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart

        private let answer: EventLoopPromise<Answer>
        private let bodyByteCountMax: Int
        private var collected = Answer(status: 0, body: [])

        init(answer: EventLoopPromise<Answer>, bodyByteCountMax: Int) {
            self.answer = answer
            self.bodyByteCountMax = bodyByteCountMax
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch Self.unwrapInboundIn(data) {
            case .head(let head): self.collected.status = Int(head.status.code)
            case .body(let part):
                self.collected.body += part.readableBytesView
                guard self.collected.body.count <= self.bodyByteCountMax else {
                    return self.answer.fail(ClientFailure.notBeraad)
                }
            case .end: self.answer.succeed(self.collected)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            self.answer.fail(error)
            context.close(promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) { self.answer.fail(ClientFailure.unreachable) }
    }
}
