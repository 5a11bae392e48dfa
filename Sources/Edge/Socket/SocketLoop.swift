internal import NIOCore
internal import NIOWebSocket
internal import Redaction
internal import Signalling
internal import Synchronization

/// One WebSocket: three tasks, one that reads, one that writes, one that asks whether anybody is there. When one ends,
/// all end.
struct SocketLoop: Sendable {
    let inbound: NIOAsyncChannelInboundStream<WebSocketFrame>
    let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    let outbox: Outbox
    let limits: EdgeLimits

    func run(line: any MeetingLine, log: EventLog, cut: @escaping @Sendable () -> Void) async {
        let heard = LastHeard()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.read(line, log) { heard.now() } }
            group.addTask {
                await self.write()
                // A close that the other side does not answer must not keep the connection.
                cut()
            }
            group.addTask {
                await self.watch(heard)
                cut()
            }
            await group.next()
            self.outbox.finish()
            group.cancelAll()
        }
    }

    /// Of a message in few fragments; in many small ones it is more, which nobody honest sends.
    private static let headBytes = 14

    /// Says why and closes, without a meeting.
    func refuse(_ failure: SessionFailure) async throws {
        let refused = ServerMessage.session(.refused(SessionEvent.Refused(failure: failure)))
        try await self.outbound.write(Self.frame(.text(refused.encoded)))
        try await self.outbound.write(Self.frame(.close(.tryLater)))
    }

    private func read(_ line: any MeetingLine, _ log: EventLog, heard: @Sendable () -> Void) async {
        do {
            for try await frame in self.inbound {
                heard()
                // With the masking key and the longest head: more than it took, never less. TLS is not counted.
                self.outbox.allowance.read(frame.data.readableBytes + Self.headBytes)
                switch frame.opcode {
                case .text: await self.text(frame.unmaskedData, line, log)
                case .ping: self.outbox.put(.pong(frame.unmaskedData))
                case .connectionClose:
                    // A page that went (RFC 6455 §7.4.1). Firefox says nothing else then, and its line is lost to a message
                    // of the page; whoever only lost the network cannot say it.
                    if Self.code(frame.unmaskedData) == .goingAway { await line.received(.success(.session(.leave))) }
                    return self.outbox.put(.close(.normal))
                case .binary: await line.received(frame: Array(frame.unmaskedData.readableBytesView))
                case .pong: break
                default: return self.outbox.put(.close(.policy))
                }
            }
        } catch is NIOWebSocketFrameAggregator.Error {
            self.outbox.put(.close(.tooBig))
        } catch {
            // Broken off, or a frame that is none; NIO has answered that with its close code.
        }
    }

    private func text(_ data: ByteBuffer, _ line: any MeetingLine, _ log: EventLog) async {
        // Frames of the group are larger than anything that is said in words.
        guard data.readableBytes <= JSONLimits.messageBytes else { return self.outbox.put(.close(.tooBig)) }
        do throws(Malformed) {
            let message = try ClientMessage(decoding: Array(data.readableBytesView))
            await line.received(.success(message))
        } catch {
            log(.messageMalformed)
            await line.received(.failure(error))
        }
    }

    private func write() async {
        do {
            for await item in self.outbox.items {
                try await self.outbound.write(Self.frame(item))
                self.outbox.written(item)
                if case .close = item { return }
            }
        } catch {
            // Broken off.
        }
    }

    /// A connection that is silent although it was asked is gone, whatever TCP still believes; one that talks and does not
    /// read is let go as well.
    private func watch(_ heard: LastHeard) async {
        do {
            while true {
                try await Task.sleep(for: self.limits.pingEvery)
                guard heard.time + self.limits.silenceAtMost > .now else { return }
                self.outbox.watch(self.limits.silenceAtMost)
                self.outbox.put(.ping)
            }
        } catch {
            // Cancelled: the connection ended otherwise.
        }
    }

    private static func code(_ data: ByteBuffer) -> Outbox.CloseCode? {
        data.getInteger(at: data.readerIndex, as: UInt16.self).flatMap(Outbox.CloseCode.init)
    }

    private static func frame(_ item: Outbox.Item) -> WebSocketFrame {
        switch item {
        case .text(let text): WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: text))
        case .binary(let bytes): WebSocketFrame(fin: true, opcode: .binary, data: ByteBuffer(bytes: bytes))
        case .ping: WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer())
        case .pong(let data): WebSocketFrame(fin: true, opcode: .pong, data: data)
        case .close(let code):
            WebSocketFrame(fin: true, opcode: .connectionClose, data: ByteBuffer(integer: code.rawValue))
        }
    }
}

/// When something last came in, for the task that watches.
private final class LastHeard: Sendable {
    private let at = Mutex(ContinuousClock.now)

    var time: ContinuousClock.Instant { self.at.withLock { $0 } }

    func now() {
        self.at.withLock { $0 = .now }
    }
}
