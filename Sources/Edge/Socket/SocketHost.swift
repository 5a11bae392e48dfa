internal import NIOCore
internal import NIOWebSocket
internal import Redaction
internal import Signalling
internal import Synchronization

/// Holds the WebSockets: how many there are, how fast they come, and the life of each.
final class SocketHost: Sendable {
    private let door: any MeetingDoor
    private let limits: EdgeLimits
    private let log: EventLog
    private let open = Mutex(0)
    private let joins = Mutex(Joins())
    /// Counts of networks are gone soon after their time, also where nobody comes any more.
    private static let sweepEvery = TimeAmount.seconds(60)

    private struct Joins {
        var limiter = JoinLimiter()
        var isSwept = false
    }

    init(door: any MeetingDoor, limits: EdgeLimits, log: EventLog) {
        self.door = door
        self.limits = limits
        self.log = log
    }

    /// One WebSocket from its first frame to its last.
    func serve(
        _ channel: NIOAsyncChannel<WebSocketFrame, WebSocketFrame>, _ meeting: MeetingID, _ caller: Caller,
        _ allowance: Allowance
    ) async {
        let raw = channel.channel
        let outbox = Outbox(allowance: allowance) {
            self.log(.readerTooSlow)
            raw.close(promise: nil)
        }
        let refusal = self.admit(caller, on: raw.eventLoop)
        defer { if refusal == nil { self.open.withLock { $0 -= 1 } } }
        do {
            try await channel.executeThenClose { inbound, outbound in
                let loop = SocketLoop(inbound: inbound, outbound: outbound, outbox: outbox, limits: self.limits)
                if let refusal {
                    try await loop.refuse(refusal)
                } else {
                    await self.talk(loop, outbox, meeting, caller, raw)
                }
            }
        } catch {
            // The connection broke; the meeting was told by `gone`.
        }
    }

    private func talk(
        _ loop: SocketLoop, _ outbox: Outbox, _ meeting: MeetingID, _ caller: Caller, _ raw: any Channel
    ) async {
        let line = await self.door.enter(meeting, outbox, from: caller.prefix)
        await loop.run(line: line, log: self.log) { raw.close(promise: nil) }
        outbox.finish()
        await line.gone()
    }

    private func admit(_ caller: Caller, on eventLoop: any EventLoop) -> SessionFailure? {
        if let prefix = caller.prefix {
            let (wait, isSwept) = self.joins.withLock { joins in
                var generator = SystemRandomNumberGenerator()
                defer { joins.isSwept = true }
                return (joins.limiter.admit(prefix, now: .now, using: &generator), joins.isSwept)
            }
            if !isSwept { self.sweepLater(on: eventLoop) }
            if let wait {
                self.log(.joinsTooFast)
                return .tooFast(SessionFailure.Wait(retrySeconds: wait))
            }
        }
        let fits = self.open.withLock { open -> Bool in
            guard open < self.limits.socketsAtMost else { return false }
            open += 1
            return true
        }
        return fits ? nil : .busy(SessionFailure.Wait(retrySeconds: 30))
    }

    /// Goes on until nothing is remembered.
    private func sweepLater(on eventLoop: any EventLoop) {
        eventLoop.scheduleTask(in: Self.sweepEvery) {
            let isEmpty = self.joins.withLock { joins in
                joins.limiter.forget(now: .now)
                joins.isSwept = !joins.limiter.isEmpty
                return joins.limiter.isEmpty
            }
            if !isEmpty { self.sweepLater(on: eventLoop) }
        }
    }
}
