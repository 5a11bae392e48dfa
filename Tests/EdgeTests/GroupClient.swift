import E2EE
import Signalling

/// An engine on a real WebSocket: what a client is, without sound and picture.
final class GroupClient {
    private let socket: TestSocket
    private var engine: Engine<SwiftCryptoProvider>
    private let invite: InviteID
    private var milliseconds: UInt64 = 1_000
    private let unix: UInt64

    private(set) var state = MemberState.idle
    private(set) var roster: [RosterEntry] = []
    private(set) var lobby: [LobbyEntry] = []
    private(set) var baseKey: [UInt8] = []
    private(set) var joined: SessionEvent.Joined?
    private(set) var heard: [ServerMessage] = []
    private(set) var frameTypes: Set<UInt8> = []

    init(_ socket: TestSocket, _ meeting: TestMeeting, as role: TestMeeting.Role, name: String) throws {
        let crypto = SwiftCryptoProvider()
        let path = meeting.path, fragment = meeting.fragment(of: role)
        let link = try Link(meetingID: path.span, fragment: fragment.span, crypto)
        self.invite = meeting.invite
        let config = EngineConfig(
            name: Array(name.utf8), language: Array("nl".utf8), clientVersion: 1, buildHash: [], wordlist: 2)
        self.engine = try Engine(link, config, crypto)
        self.socket = socket
        self.unix = meeting.unix
    }

    /// Comes to the door and asks to come in.
    func enter() async throws {
        try await self.socket.send(
            .session(.join(.init(protocolVersion: 1, invite: self.invite, device: .desktop))))
        try await self.run { self.heard.contains { if case .session(.atDoor) = $0 { true } else { false } } }
        try await self.take(.connected)
        try await self.take(.command(.enter))
    }

    /// Comes in as the host, who founds the group and has a seat in it.
    func found() async throws {
        try await self.enter()
        try await self.run { self.joined != nil && self.state == .live }
    }

    /// Comes in by itself, where a group is, and has a seat in it.
    func join() async throws {
        try await self.enter()
        try await self.run { self.joined != nil }
    }

    /// Waits until the server says that the meeting is over, and why. The engine hears nothing more, as in `leave`.
    func hearEnd() async throws -> SessionEvent.Ended {
        while true {
            switch try await self.socket.next() {
            case .message(.session(.ended(let ended))): return ended
            case .end: throw TestServer.Unexpected()
            default: continue
            }
        }
    }

    /// Goes for good, and waits until the server has let go.
    func leave() async throws {
        try await self.socket.send(.session(.leave))
        // The engine hears nothing more: who sends on after the server closed makes TCP throw away what is still unread.
        var isConfirmed = false
        while true {
            switch try await self.socket.next() {
            case .message(.session(.left)): isConfirmed = true
            case .end:
                guard isConfirmed else { throw TestServer.Unexpected() }
                return
            default: continue
            }
        }
    }

    /// Says something in words.
    func say(_ message: ClientMessage) async throws { try await self.socket.send(message) }

    /// Takes what the server says until something is true.
    func run(until condition: () -> Bool) async throws {
        while !condition() {
            switch try await self.socket.next() {
            case .message(let message):
                self.heard.append(message)
                if case .session(.joined(let joined)) = message { self.joined = joined }
            case .frame(let bytes):
                if let type = bytes.first { self.frameTypes.insert(type) }
                try await self.take(.wire(bytes))
            case .end: throw TestServer.Unexpected()
            }
        }
    }

    /// One input, and what follows from it.
    func take(_ input: EngineInput) async throws {
        self.milliseconds += 10
        self.engine.handle(input, now: EngineTime(monotonic: self.milliseconds, unix: self.unix * 1_000))
        while let output = self.engine.next() {
            switch output {
            case .send(let bytes): try await self.socket.send(frame: bytes)
            case .state(let state): self.state = state
            case .roster(let roster): self.roster = roster
            case .lobby(let lobby): self.lobby = lobby
            case .mediaEpoch(let epoch): self.baseKey = epoch.baseKey.secret.copied()
            default: break
            }
        }
    }
}
