internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOWebSocket

/// A whole message of a WebSocket.
enum SocketMessage: Sendable {
    /// JSON of the session.
    case text([UInt8])
    /// A frame of the delivery service.
    case binary([UInt8])
}

/// The WebSocket to a meeting, subprotocol `beraad.1`: whole messages in, whole messages out.
struct SignallingSocket: Sendable {
    /// Ends when the connection does.
    let messages: AsyncStream<SocketMessage>
    private let channel: any Channel

    /// Messages that wait to be read; a server that sends faster than that is cut off.
    static let messagesMax = 4_096
    /// No text of ours is longer, in either direction, in bytes.
    static let textByteCountMax = 65_536
    /// The same for binary messages: a tree of hundreds of members (`e2ee.md` 5).
    static let binaryByteCountMax = 2 << 20

    static func connect(to address: ServerAddress, meetingID: String) async throws(ClientFailure) -> SignallingSocket {
        do {
            let (messages, feed) = AsyncStream.makeStream(
                of: SocketMessage.self, bufferingPolicy: .bufferingOldest(Self.messagesMax))
            let upgraded = try await Bootstrap.client().connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Bootstrap.secure(channel, address)
                    let upgraded = try Self.upgrade(channel, address, meetingID, feed)
                    // A server that accepts and then says nothing is as good as none.
                    let patience = channel.eventLoop.scheduleTask(in: Bootstrap.patience) {
                        channel.close(promise: nil)
                    }
                    upgraded.whenComplete { _ in patience.cancel() }
                    return upgraded
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

    func send(_ text: String) { self.send(.text, ByteBuffer(string: text)) }

    func send(_ bytes: [UInt8]) { self.send(.binary, ByteBuffer(bytes: bytes)) }

    private func send(_ opcode: WebSocketOpcode, _ data: ByteBuffer) {
        let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
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
        _ feed: AsyncStream<SocketMessage>.Continuation
    ) throws -> EventLoopFuture<(any Channel)?> {
        let upgrader = NIOTypedWebSocketClientUpgrader<(any Channel)?>(maxFrameSize: Self.binaryByteCountMax) {
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

    /// Puts fragments together, answers pings, and passes whole messages on.
    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = WebSocketFrame
        typealias OutboundOut = WebSocketFrame

        private let feed: AsyncStream<SocketMessage>.Continuation
        private var part: [UInt8] = []
        /// What the fragments are of.
        private var isBinary = false

        init(_ feed: AsyncStream<SocketMessage>.Continuation) { self.feed = feed }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let frame = Self.unwrapInboundIn(data)
            switch frame.opcode {
            case .text, .binary:
                // A message begins only when the one before has ended (RFC 6455 §5.4).
                guard self.part.isEmpty else { return context.close(promise: nil) }
                self.isBinary = frame.opcode == .binary
                self.take(frame, context)
            case .continuation: self.take(frame, context)
            case .ping:
                let pong = WebSocketFrame(fin: true, opcode: .pong, maskKey: .random(), data: frame.unmaskedData)
                context.writeAndFlush(Self.wrapOutboundOut(pong), promise: nil)
            case .connectionClose: context.close(promise: nil)
            default: break
            }
        }

        private func take(_ frame: WebSocketFrame, _ context: ChannelHandlerContext) {
            self.part += frame.unmaskedData.readableBytesView
            let most = self.isBinary ? SignallingSocket.binaryByteCountMax : SignallingSocket.textByteCountMax
            guard self.part.count <= most else { return context.close(promise: nil) }
            guard frame.fin else { return }
            let put = self.feed.yield(self.isBinary ? .binary(self.part) : .text(self.part))
            if case .dropped = put { return context.close(promise: nil) }
            self.part = []
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

        func channelInactive(context: ChannelHandlerContext) {
            self.feed.finish()
            context.fireChannelInactive()
        }
    }
}
