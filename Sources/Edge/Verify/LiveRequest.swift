internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// One question to a server that nobody vouches for, on a connection of its own. Time, headers and body have bounds, and a
/// redirect is an answer like any other: nobody but this server is ever asked.
struct LiveRequest: Sendable {
    let server: LiveServer
    /// Nothing over http.
    let tls: NIOSSLContext?
    let path: String
    /// What is asked for, in the words of browsers. A server can still tell this from a browser.
    let accept: String
    let bodyBytesMax: Int
    let patience: TimeAmount

    private static let headerBytesMax = 65_536
    private static let headersMax = 100

    func answer() async throws(LiveFailure) -> LiveAnswer {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let answer = loop.makePromise(of: LiveAnswer.self)
        let deadline = loop.scheduleTask(in: self.patience) { answer.fail(LiveFailure.slow) }
        let connection = self.connect(on: loop, answer)
        connection.whenFailure { answer.fail($0) }
        connection.whenSuccess { self.ask($0) }
        answer.futureResult.whenComplete { _ in
            deadline.cancel()
            connection.whenSuccess { $0.close(promise: nil) }
        }
        do {
            return try await withTaskCancellationHandler {
                try await answer.futureResult.get()
            } onCancel: {
                answer.fail(CancellationError())
            }
        } catch {
            throw LiveFailure(error)
        }
    }

    private func connect(
        on loop: any EventLoop, _ answer: EventLoopPromise<LiveAnswer>
    ) -> EventLoopFuture<any Channel> {
        // Sooner than the deadline, which means that somebody answered and took too long.
        let patience = TimeAmount.nanoseconds(self.patience.nanoseconds / 2)
        return ClientBootstrap(group: loop).connectTimeout(patience).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                if let tls = self.tls {
                    try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: self.server.name))
                }
                var limits = NIOHTTPDecoderLimitConfiguration()
                limits.maxHeaderFieldSize = Self.headerBytesMax
                limits.maxHeaderListSize = Self.headerBytesMax
                limits.maxHeaderFieldCount = Self.headersMax
                let decoder = HTTPResponseDecoder(informationalResponseStrategy: .forward, limitConfiguration: limits)
                try pipeline.addHandler(HTTPRequestEncoder())
                try pipeline.addHandler(ByteToMessageHandler(decoder))
                try pipeline.addHandler(Collector(answer, bodyBytesMax: self.bodyBytesMax))
            }
        }.connect(host: self.server.host, port: self.server.port)
    }

    private func ask(_ channel: any Channel) {
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: self.path)
        head.headers.add(name: "Host", value: self.server.authority)
        head.headers.add(name: "Accept", value: self.accept)
        // The bytes are compared as they come.
        head.headers.add(name: "Accept-Encoding", value: "identity")
        head.headers.add(name: "Connection", value: "close")
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart

        private let answer: EventLoopPromise<LiveAnswer>
        private let bodyBytesMax: Int
        private var collected: LiveAnswer?

        init(_ answer: EventLoopPromise<LiveAnswer>, bodyBytesMax: Int) {
            self.answer = answer
            self.bodyBytesMax = bodyBytesMax
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch Self.unwrapInboundIn(data) {
            case .head(let head):
                let status = Int(head.status.code)
                self.collected = LiveAnswer(status: status, headers: head.headers, body: [])
                // Early hints (RFC 8297) can make a browser fetch elsewhere, and no final answer takes that back.
                if (100..<200).contains(status) { self.succeed() }
            case .body(let part):
                let room = self.bodyBytesMax - (self.collected?.body.count ?? 0)
                self.collected?.body += part.readableBytesView.prefix(room)
                guard part.readableBytes > room else { return }
                self.collected?.isCut = true
                self.succeed()
                context.close(promise: nil)
            case .end: self.succeed()
            }
        }

        private func succeed() {
            guard let collected = self.collected else { return self.answer.fail(LiveFailure.notHTTP) }
            self.answer.succeed(collected)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            self.answer.fail(error)
            context.close(promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) { self.answer.fail(LiveFailure.unreachable) }
    }
}
