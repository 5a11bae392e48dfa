package import NIOCore
internal import NIOWebSocket
internal import Synchronization

/// How much one WebSocket may send before what it sent has been read: little from a stranger, a whole tree from a member.
/// Frames of the group may be large, and without this anybody at all could have the server keep one for each connection.
package final class Allowance: Sendable {
    /// How far a connection has come.
    package enum Standing: Int, Sendable {
        /// Words of JSON, no more.
        case stranger = 81_920
        /// A knock, a key package, a Commit by which one joins.
        case atDoor = 524_288
        /// The largest frame and what comes with it.
        case member = 2_228_224

        /// Bytes of the group's frames that may wait for it to read: at the door one answer with a tree, for a member a
        /// tree with its log, and a storm of Commits on top of it.
        package var framesAtMost: Int {
            switch self {
            case .stranger: 65_536
            case .atDoor: 2_359_296
            case .member: 8 << 20
            }
        }
    }

    private struct State {
        var standing = Standing.stranger
        var unread = 0
    }

    private let state = Mutex(State())

    /// That of a stranger.
    package init() {}

    /// The connection has come so far; it never falls back.
    package func raise(to standing: Standing) {
        self.state.withLock { if $0.standing.rawValue < standing.rawValue { $0.standing = standing } }
    }

    /// How much may wait to be written to it.
    var framesAtMost: Int { self.state.withLock { $0.standing.framesAtMost } }

    /// Bytes came in; false when it is too much.
    package func took(_ count: Int) -> Bool {
        self.state.withLock { state in
            state.unread += count
            return state.unread <= state.standing.rawValue
        }
    }

    /// A whole message was read; what came before it is done with.
    package func read(_ count: Int) {
        self.state.withLock { $0.unread = max(0, $0.unread - count) }
    }
}

/// Cuts a connection that sends more than it may, before anything of it is put together. It stands behind TLS: what is
/// counted in is what is counted out when a message was read.
final class AllowanceHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let allowance: Allowance

    init(_ allowance: Allowance) {
        self.allowance = allowance
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard self.allowance.took(self.unwrapInboundIn(data).readableBytes) else {
            return context.close(promise: nil)
        }
        context.fireChannelRead(data)
    }
}

extension Allowance {
    /// Counts what comes in on a connection that has just become a WebSocket.
    package func count(on channel: any Channel) throws {
        let operations = channel.pipeline.syncOperations
        let decoder = try operations.handler(type: ByteToMessageHandler<WebSocketFrameDecoder>.self)
        try operations.addHandler(AllowanceHandler(self), position: .before(decoder))
    }
}
