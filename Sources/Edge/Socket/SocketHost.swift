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
    private let joins = NetworkTries()

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
        let refusal = self.admit(caller)
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

    private func admit(_ caller: Caller) -> SessionFailure? {
        if let wait = self.joins.admit(caller.prefix) {
            self.log(.joinsTooFast)
            return .tooFast(SessionFailure.Wait(retrySeconds: wait))
        }
        let fits = self.open.withLock { open -> Bool in
            guard open < self.limits.socketsAtMost else { return false }
            open += 1
            return true
        }
        return fits ? nil : .busy(SessionFailure.Wait(retrySeconds: 30))
    }
}
