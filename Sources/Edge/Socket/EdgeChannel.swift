internal import HTTPTypes
internal import Hummingbird
package import HummingbirdCore
package import Logging
internal import Meeting
package import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1
internal import NIOWebSocket
internal import Signalling

/// One TCP connection: HTTP, or a WebSocket once it asked to become one. The upgrade is NIO's typed one; what happens
/// afterwards is `SocketLoop`'s.
package struct EdgeChannel: HTTPChannelHandler {
    /// Before a connection said what it wants.
    package struct Negotiation: ServerChildChannelValue {
        /// The connection.
        package let channel: any Channel
        let result: EventLoopFuture<Outcome>
    }

    enum Outcome: Sendable {
        case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
        case socket(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>, MeetingID, Caller, Allowance)
    }

    /// Whoever says nothing for this long is let go, before the first request and between two.
    private static let idleTime = TimeAmount.seconds(30)
    /// Browsers send a few kilobytes.
    private static let headerBytes = 32_768

    /// Answers requests.
    package let responder: HTTPChannelHandler.Responder
    private let sockets: SocketHost
    private let transport: Transport
    private let proxies: TrustedProxies

    init(
        responder: @escaping HTTPChannelHandler.Responder, sockets: SocketHost, transport: Transport,
        proxies: TrustedProxies
    ) {
        self.responder = responder
        self.sockets = sockets
        self.transport = transport
        self.proxies = proxies
    }

    /// Prepares a connection for its first request.
    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Negotiation> {
        channel.eventLoop.makeCompletedFuture {
            let upgrade = NIOTypedHTTPServerUpgradeConfiguration(
                upgraders: [self.upgrader], notUpgradingCompletionHandler: { self.http($0, logger) })
            var configuration = NIOUpgradableHTTPServerPipelineConfiguration(upgradeConfiguration: upgrade)
            // Requests on one connection are answered one after the other.
            configuration.enablePipelining = false
            configuration.enableResponseHeaderValidation = false
            configuration.decoderConfiguration.maxHeaderFieldSize = Self.headerBytes
            configuration.decoderConfiguration.maxHeaderListSize = Self.headerBytes
            let result = try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
                configuration: configuration)
            let upgradeHandler = try channel.pipeline.syncOperations.handler(
                type: NIOTypedHTTPServerUpgradeHandler<Outcome>.self)
            try channel.pipeline.syncOperations.addHandler(UpgradeGate(), position: .before(upgradeHandler))
            let deadline = channel.eventLoop.scheduleTask(in: Self.idleTime) { channel.close(promise: nil) }
            result.whenComplete { _ in deadline.cancel() }
            return Negotiation(channel: channel, result: result)
        }
    }

    /// Serves a connection until it ends.
    package func handle(value: Negotiation, logger: Logger) async {
        do {
            switch try await value.result.get() {
            case .http(let channel): await self.handleHTTP(asyncChannel: channel, logger: logger)
            case .socket(let channel, let meeting, let caller, let allowance):
                await self.sockets.serve(channel, meeting, caller, allowance)
            }
        } catch {
            // It ended before it said what it wanted, or said it wrongly and was answered.
            value.channel.close(promise: nil)
        }
    }

    private func http(_ channel: any Channel, _ logger: Logger) -> EventLoopFuture<Outcome> {
        channel.eventLoop.makeCompletedFuture {
            let operations = channel.pipeline.syncOperations
            try operations.addHandler(HTTP1ToHTTPServerCodec(secure: self.transport == .tls))
            try operations.addHandler(HTTPConnectionStateHandler(idleTimeout: .seconds(30), logger: logger))
            return .http(
                try NIOAsyncChannel(
                    wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true)))
        }
    }

    private var upgrader: NIOTypedWebSocketServerUpgrader<Outcome> {
        NIOTypedWebSocketServerUpgrader(
            maxFrameSize: Frame.bytesAtMost,
            shouldUpgrade: { channel, head in
                let headers = SocketRequest(head)?.responseHeaders
                return channel.eventLoop.makeSucceededFuture(headers)
            },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeCompletedFuture {
                    // The request was found good a moment ago, by the same check.
                    guard let request = SocketRequest(head) else { throw ChannelError.operationUnsupported }
                    let allowance = Allowance()
                    try allowance.count(on: channel)
                    try channel.pipeline.syncOperations.addHandler(
                        NIOWebSocketFrameAggregator(
                            minNonFinalFragmentSize: 1, maxAccumulatedFrameCount: 64,
                            maxAccumulatedFrameSize: Frame.bytesAtMost))
                    let socket = try NIOAsyncChannel<WebSocketFrame, WebSocketFrame>(
                        wrappingChannelSynchronously: channel)
                    let caller = Caller(peer: channel.remoteAddress?.ipAddress, head.headers, self.proxies)
                    return .socket(socket, request.meeting, caller, allowance)
                }
            })
    }
}
