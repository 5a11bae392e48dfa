internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOWebSocket

/// The WebSocket to a meeting, subprotocol `beraad.1`: whole text messages in, text messages out.
struct SignallingSocket: Sendable {
    /// Ends when the connection does.
    let messages: AsyncStream<[UInt8]>
    private let channel: any Channel

    /// No message of ours is longer, in either direction.
    static let messageByteCountMax = 65_536

    static func connect(to address: ServerAddress, meetingID: String) async throws(ClientFailure) -> SignallingSocket {
        do {
            let (messages, feed) = AsyncStream.makeStream(of: [UInt8].self)
            let upgraded = try await Bootstrap.client().connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Bootstrap.secure(channel, address)
                    return try Self.upgrade(channel, address, meetingID, feed)
                }
            }
            guard let channel = try await Self.first(of: upgraded) else { throw ClientFailure.unknown }
            return SignallingSocket(messages: messages, channel: channel)
        } catch let failure as ClientFailure {
            throw failure
        } catch {
            throw .unreachable
        }
    }

    func send(_ text: String) {
        let frame = WebSocketFrame(
            fin: true, opcode: .text, maskKey: .random(), data: ByteBuffer(string: text))
        self.channel.writeAndFlush(frame, promise: nil)
    }

    /// Ends the connection, after what was sent before.
    func close() {
        let frame = WebSocketFrame(
            fin: true, opcode: .connectionClose, maskKey: .random(), data: ByteBuffer(bytes: [0x03, 0xE8]))
        let channel = self.channel
        channel.writeAndFlush(frame).whenComplete { _ in channel.close(promise: nil) }
    }

    /// Ends it at once: nothing is heard any more anyway.
    func abort() { self.channel.close(promise: nil) }

    /// The upgraded channel, nothing when the server answered but did not upgrade.
    private static func first(of upgraded: EventLoopFuture<(any Channel)?>) async throws -> (any Channel)? {
        try await upgraded.get()
    }

    private static func upgrade(
        _ channel: any Channel, _ address: ServerAddress, _ meetingID: String,
        _ feed: AsyncStream<[UInt8]>.Continuation
    ) throws -> EventLoopFuture<(any Channel)?> {
        let upgrader = NIOTypedWebSocketClientUpgrader<(any Channel)?>(maxFrameSize: Self.messageByteCountMax) {
            channel, _ in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(Receiver(feed))
                return channel
            }
        }
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/api/v1/meetings/\(meetingID)/socket")
        head.headers.add(name: "Host", value: address.authority)
        head.headers.add(name: "Sec-WebSocket-Protocol", value: "beraad.1")
        let configuration = NIOTypedHTTPClientUpgradeConfiguration(
            upgradeRequestHead: head, upgraders: [upgrader],
            notUpgradingCompletionHandler: { channel in
                channel.close(promise: nil)
                return channel.eventLoop.makeSucceededFuture(nil)
            })
        return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
            configuration: .init(upgradeConfiguration: configuration))
    }

    /// Puts fragments together, answers pings, and passes whole texts on.
    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = WebSocketFrame
        typealias OutboundOut = WebSocketFrame

        private let feed: AsyncStream<[UInt8]>.Continuation
        private var part: [UInt8] = []

        init(_ feed: AsyncStream<[UInt8]>.Continuation) { self.feed = feed }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let frame = Self.unwrapInboundIn(data)
            switch frame.opcode {
            case .text, .continuation:
                self.part += frame.unmaskedData.readableBytesView
                guard self.part.count <= SignallingSocket.messageByteCountMax else {
                    return context.close(promise: nil)
                }
                guard frame.fin else { return }
                self.feed.yield(self.part)
                self.part = []
            case .ping:
                let pong = WebSocketFrame(fin: true, opcode: .pong, maskKey: .random(), data: frame.unmaskedData)
                context.writeAndFlush(Self.wrapOutboundOut(pong), promise: nil)
            case .connectionClose: context.close(promise: nil)
            default: break
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

        func channelInactive(context: ChannelHandlerContext) {
            self.feed.finish()
            context.fireChannelInactive()
        }
    }
}
