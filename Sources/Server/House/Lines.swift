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

/// The way in where there is none: while the server stops, and while nobody can say whether there is such a meeting. Whoever
/// says what they want hears that, and it is over.
struct NoLine: MeetingLine {
    let outbox: Outbox
    let answer: SessionEvent

    func received(_ message: Result<ClientMessage, Malformed>) async {
        self.outbox.send(ServerMessage.session(self.answer).encoded)
        self.outbox.end()
    }

    func received(frame: [UInt8]) async { self.outbox.end() }

    func gone() async {}
}
