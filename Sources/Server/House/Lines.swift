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

    func gone() async {
        await self.host.disconnected(self.connection)
    }
}

/// The way into a meeting that does not exist. It answers as a meeting does whose invite is another, so that nobody
/// learns which meetings there are.
struct NowhereLine: MeetingLine {
    let outbox: Outbox

    func received(_ message: Result<ClientMessage, Malformed>) async {
        switch message {
        case .success(.session(.resume)): self.refuse(.resumeUnknown)
        case .success(.session(.ping(let ping))):
            self.outbox.send(ServerMessage.session(.pong(SessionEvent.Pong(nonce: ping.nonce))).encoded)
        case .success(.session(.join)):
            self.refuse(.unknown)
            self.outbox.end()
        case .success(.session(.leave)), .success(.media):
            self.refuse(.invalidNow)
            self.outbox.end()
        case .failure:
            self.refuse(.malformed)
            self.outbox.end()
        }
    }

    func gone() async {}

    private func refuse(_ failure: SessionFailure) {
        self.outbox.send(ServerMessage.session(.refused(SessionEvent.Refused(failure: failure))).encoded)
    }
}
