internal import NIOCore
internal import Synchronization

/// What waits to be written to one WebSocket. It is bounded: whoever does not read what a meeting says is let go, and
/// nobody else waits or pays for it.
package final class Outbox: Sendable {
    /// Several whole snapshots, or minutes of an ordinary meeting.
    package static let bytesAtMost = 262_144
    private static let itemsAtMost = 1_024

    enum Item: Sendable {
        case text(String)
        case ping
        case pong(ByteBuffer)
        case close(CloseCode)
    }

    /// Why a WebSocket is closed, as a number of RFC 6455 §7.4.1.
    enum CloseCode: UInt16, Sendable {
        case normal = 1_000
        case goingAway = 1_001
        case unsupported = 1_003
        case policy = 1_008
        case tooBig = 1_009
        case tryLater = 1_013
    }

    private struct State {
        var bytes = 0
        var items = 0
        var isOpen = true
    }

    private let state = Mutex(State())
    private let continuation: AsyncStream<Item>.Continuation
    private let overflow: @Sendable () -> Void
    let items: AsyncStream<Item>

    /// `overflow` is called once, when the reader turns out too slow.
    package init(overflow: @escaping @Sendable () -> Void) {
        (self.items, self.continuation) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
        self.overflow = overflow
    }

    /// Says something. After an end or an overflow it goes nowhere.
    package func send(_ text: String) {
        self.put(.text(text))
    }

    /// Closes after everything said before.
    package func end() {
        self.put(.close(.normal))
    }

    func put(_ item: Item) {
        let fits = self.state.withLock { state -> Bool in
            guard state.isOpen else { return true }
            state.bytes += item.byteCount
            state.items += 1
            state.isOpen = state.bytes <= Self.bytesAtMost && state.items <= Self.itemsAtMost
            if state.isOpen { self.continuation.yield(item) }
            if case .close = item { state.isOpen = false }
            return state.bytes <= Self.bytesAtMost && state.items <= Self.itemsAtMost
        }
        guard !fits else { return }
        self.continuation.finish()
        self.overflow()
    }

    func written(_ item: Item) {
        self.state.withLock { state in
            state.bytes -= item.byteCount
            state.items -= 1
        }
    }

    func finish() {
        self.state.withLock { $0.isOpen = false }
        self.continuation.finish()
    }
}

extension Outbox.Item {
    var byteCount: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .pong(let buffer): buffer.readableBytes
        case .ping, .close: 2
        }
    }
}
