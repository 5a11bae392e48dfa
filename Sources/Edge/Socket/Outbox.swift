internal import NIOCore
internal import Synchronization

/// What waits to be written to one WebSocket. It is bounded: whoever does not read what a meeting says is let go, and
/// nobody else waits or pays for it.
package final class Outbox: Sendable {
    enum Item: Sendable {
        case text(String)
        case binary([UInt8])
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
        var backlog = Backlog()
        var isOpen = true
    }

    private let state = Mutex(State())
    private let continuation: AsyncStream<Item>.Continuation
    private let overflow: @Sendable () -> Void
    /// What the other side may send, and how much may wait for it.
    package let allowance: Allowance
    let items: AsyncStream<Item>

    /// `overflow` is called once, when the reader turns out too slow.
    package init(allowance: Allowance = Allowance(), overflow: @escaping @Sendable () -> Void) {
        self.allowance = allowance
        (self.items, self.continuation) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
        self.overflow = overflow
    }

    /// Says something. After an end or an overflow it goes nowhere.
    package func send(_ text: String) {
        self.put(.text(text))
    }

    /// Sends a frame, as one binary message.
    package func send(frame: [UInt8]) {
        self.put(.binary(frame))
    }

    /// Closes after everything said before.
    package func end() {
        self.put(.close(.normal))
    }

    func put(_ item: Item) {
        let framesAtMost = self.allowance.framesAtMost
        let fits = self.state.withLock { state -> Bool in
            guard state.isOpen else { return true }
            let fits = state.backlog.put(item.byteCount, item.kind, framesAtMost: framesAtMost, now: .now)
            state.isOpen = fits
            if fits { self.continuation.yield(item) }
            if case .close = item { state.isOpen = false }
            return fits
        }
        if !fits { self.giveUp() }
    }

    func written(_ item: Item) {
        self.state.withLock { $0.backlog.written(item.byteCount, item.kind, now: .now) }
    }

    /// Lets go of a reader that has not read for too long.
    func watch(_ patience: Duration) {
        let isOverdue = self.state.withLock { state -> Bool in
            guard state.isOpen, state.backlog.isOverdue(patience, now: .now) else { return false }
            state.isOpen = false
            return true
        }
        if isOverdue { self.giveUp() }
    }

    private func giveUp() {
        self.continuation.finish()
        self.overflow()
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
        case .binary(let bytes): bytes.count
        case .pong(let buffer): buffer.readableBytes
        case .ping, .close: 2
        }
    }

    var kind: Backlog.Kind {
        if case .binary = self { .frame } else { .words }
    }
}
