internal import Edge
internal import Meeting
internal import Signalling

/// A WebSocket's way into its meeting.
struct HostLine: MeetingLine {
    let host: MeetingHost
    let connection: ConnectionID

    func received(_ message: Result<ClientMessage, Malformed>) async {
        await self.host.received(message, from: self.connection)
    }

    func received(frame: [UInt8]) async {
        await self.host.received(frame: frame, from: self.connection)
    }

    func gone() async {
        await self.host.disconnected(self.connection)
    }
}

/// The way in while the server stops: there is none.
struct NoLine: MeetingLine {
    let outbox: Outbox

    func received(_ message: Result<ClientMessage, Malformed>) async {
        let ended = SessionEvent.Ended(reason: .over)
        self.outbox.send(ServerMessage.session(.ended(ended)).encoded)
        self.outbox.end()
    }

    func received(frame: [UInt8]) async { self.outbox.end() }

    func gone() async {}
}
