import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import Signalling

/// One WebSocket to a server under test.
final class TestSocket {
    private let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    private var inbound: NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator

    private init(
        _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>,
        _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    ) {
        self.inbound = inbound.makeAsyncIterator()
        self.outbound = outbound
    }

    /// What a server made of the request.
    enum Outcome {
        case open
        case refused(UInt)
    }

    /// Opens a WebSocket, lets `body` use it, closes it. `address` is what a proxy says of where it comes from.
    @discardableResult
    static func open(
        _ server: TestServer, _ meeting: MeetingID, from address: String? = nil, origin: String? = nil,
        subprotocol: String? = "beraad.1",
        _ body: (TestSocket) async throws -> Void = { _ in }
    ) async throws -> Outcome {
        var headers: HTTPHeaders = ["Host": server.authority, "Content-Length": "0"]
        if let address { headers.add(name: "X-Forwarded-For", value: address) }
        if let origin { headers.add(name: "Origin", value: origin) }
        if let subprotocol { headers.add(name: "Sec-WebSocket-Protocol", value: subprotocol) }
        let path = "/api/v1/meetings/\(meeting.text)/socket"
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: path, headers: headers)
        let result = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: server.port) { channel in Self.upgrade(channel, head) }
            .get()
        switch result {
        case .refused(let channel):
            return try await channel.executeThenClose { inbound, _ in
                for try await part in inbound {
                    if case .head(let head) = part { return .refused(head.status.code) }
                }
                return .refused(0)
            }
        case .open(let channel):
            try await channel.executeThenClose { inbound, outbound in
                try await body(TestSocket(inbound, outbound))
            }
            return .open
        }
    }

    func send(_ message: ClientMessage) async throws {
        try await self.send(text: message.encoded)
    }

    func send(text: String, opcode: WebSocketOpcode = .text) async throws {
        let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: ByteBuffer(string: text))
        try await self.outbound.write(frame)
    }

    func send(frame bytes: [UInt8]) async throws {
        let frame = WebSocketFrame(fin: true, opcode: .binary, maskKey: .random(), data: ByteBuffer(bytes: bytes))
        try await self.outbound.write(frame)
    }

    /// A part of a binary message.
    func send(part bytes: [UInt8], isFirst: Bool, isLast: Bool = false) async throws {
        let frame = WebSocketFrame(
            fin: isLast, opcode: isFirst ? .binary : .continuation, maskKey: .random(), data: ByteBuffer(bytes: bytes))
        try await self.outbound.write(frame)
    }

    /// Closes as a browser does whose page goes (RFC 6455 §7.4.1), and waits for the answer.
    func vanish() async throws {
        let code = WebSocketErrorCode.goingAway
        var data = ByteBuffer()
        data.write(webSocketErrorCode: code)
        try await self.outbound.write(
            WebSocketFrame(fin: true, opcode: .connectionClose, maskKey: .random(), data: data))
        while true {
            if case .end = try await self.next() { return }
        }
    }

    /// What a server says.
    enum Said {
        case message(ServerMessage)
        case frame([UInt8])
        case end
    }

    /// The next message or frame.
    func next() async throws -> Said {
        while let frame = try await self.inbound.next(isolation: #isolation) {
            switch frame.opcode {
            case .text: return .message(try ServerMessage(decoding: Array(frame.data.readableBytesView)))
            case .binary: return .frame(Array(frame.data.readableBytesView))
            case .connectionClose: return .end
            default: continue
            }
        }
        return .end
    }

    /// The next message; nil when the server closed.
    func receive() async throws -> ServerMessage? {
        while let frame = try await self.inbound.next(isolation: #isolation) {
            switch frame.opcode {
            case .text: return try ServerMessage(decoding: Array(frame.data.readableBytesView))
            case .connectionClose: return nil
            default: continue
            }
        }
        return nil
    }

    /// Shows the link's proof; the answer.
    func comeToDoor(of meeting: TestMeeting) async throws -> SessionEvent? {
        try await self.send(.session(.join(.init(protocolVersion: 1, invite: meeting.invite, device: .desktop))))
        guard case .session(let event) = try await self.receive() else { return nil }
        return event
    }

    private enum Upgraded: Sendable {
        case open(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>)
        case refused(NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>)
    }

    private static func upgrade(
        _ channel: any Channel, _ head: HTTPRequestHead
    ) -> EventLoopFuture<EventLoopFuture<Upgraded>> {
        channel.eventLoop.makeCompletedFuture {
            let upgrader = NIOTypedWebSocketClientUpgrader<Upgraded>(maxFrameSize: 1 << 20) { channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    .open(try NIOAsyncChannel(wrappingChannelSynchronously: channel))
                }
            }
            let configuration = NIOTypedHTTPClientUpgradeConfiguration(
                upgradeRequestHead: head, upgraders: [upgrader],
                notUpgradingCompletionHandler: { channel in
                    channel.eventLoop.makeCompletedFuture {
                        .refused(try NIOAsyncChannel(wrappingChannelSynchronously: channel))
                    }
                })
            return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
                configuration: .init(upgradeConfiguration: configuration))
        }
    }
}

extension TestSocket.Outcome: Equatable {}
