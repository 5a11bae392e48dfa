internal import NIOCore
internal import NIOHTTP1

/// Stands before NIO's upgrade handler for the first request. One that may not become a WebSocket loses its `Upgrade`
/// header and is answered as an ordinary request, with a status and a reason; NIO alone closes it without a word.
final class UpgradeGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = self.unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        if SocketRequest(head) == nil { head.headers.remove(name: "Upgrade") }
        context.fireChannelRead(self.wrapInboundOut(.head(head)))
        // The upgrade handler looks at the first request only.
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }
}
