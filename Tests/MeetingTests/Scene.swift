import Meeting
import Signalling

/// A meeting played in virtual time: who is called what, what each heard, what the media plane was asked.
final class Scene {
    var room: Room
    var now = ContinuousClock.now
    var media: [MediaInstruction] = []
    private(set) var ended: Set<ConnectionID> = []
    private(set) var atDoor: Set<ConnectionID> = []
    private(set) var departed: Set<ConnectionID> = []
    private var heard: [ConnectionID: [ServerMessage]] = [:]
    private var generator = SplitMix(state: 7)
    private var connections: UInt64 = 0

    static let invite = InviteID(bytes: [UInt8](repeating: 1, count: 16))

    init(capacity: Int = 25, door: Room.Door? = nil) {
        self.room = Room(invite: Self.invite, capacity: capacity, door: door)
    }

    /// The group of these members is what the delivery service says now.
    func follow(_ members: [GroupMember]) {
        self.carryOut(self.room.follow(members, now: self.now, using: &self.generator))
    }

    /// Opens a WebSocket that has said nothing yet.
    func connect() -> ConnectionID {
        self.connections += 1
        let connection = ConnectionID(rawValue: self.connections)
        self.carryOut(self.room.connect(connection, now: self.now))
        return connection
    }

    func say(_ command: SessionCommand, from connection: ConnectionID) {
        self.carryOut(
            self.room.handle(.session(command), from: connection, now: self.now, using: &self.generator))
    }

    func say(_ command: MediaCommand, from connection: ConnectionID) {
        self.carryOut(self.room.handle(.media(command), from: connection, now: self.now, using: &self.generator))
    }

    func mumble(from connection: ConnectionID) {
        self.carryOut(self.room.handleMalformed(from: connection, now: self.now))
    }

    func drop(_ connection: ConnectionID) {
        self.carryOut(self.room.disconnect(connection, now: self.now))
    }

    func report(_ report: MediaReport) {
        self.carryOut(self.room.handle(report))
    }

    func pass(_ time: Duration) {
        self.now += time
        self.carryOut(self.room.elapse(now: self.now))
    }

    func end() {
        self.carryOut(self.room.end(now: self.now))
    }

    /// What a connection heard since it was last asked.
    func heard(by connection: ConnectionID) -> [ServerMessage] {
        defer { self.heard[connection] = [] }
        return self.heard[connection] ?? []
    }

    /// Comes in with a sender id made from a number.
    func join(
        as sender: UInt8, invite: InviteID = Scene.invite, version: Int = 1
    ) -> (connection: ConnectionID, answer: SessionEvent?) {
        let connection = self.connect()
        self.say(.join(Self.join(sender, invite, version)), from: connection)
        return (connection, self.lastSession(of: connection))
    }

    /// Comes in; the test stops when that fails.
    func enter(as sender: UInt8) throws -> (connection: ConnectionID, joined: SessionEvent.Joined) {
        let (connection, answer) = self.join(as: sender)
        guard case .joined(let joined) = answer else { throw Refused() }
        return (connection, joined)
    }

    /// Comes to the door of a group.
    func comeToDoor() -> (connection: ConnectionID, answer: SessionEvent?) {
        let connection = self.connect()
        let join = SessionCommand.Join(protocolVersion: 1, invite: Self.invite, device: .desktop)
        self.say(.join(join), from: connection)
        return (connection, self.lastSession(of: connection))
    }

    func resume(_ token: ResumeToken) -> (connection: ConnectionID, answer: SessionEvent?) {
        let connection = self.connect()
        self.say(.resume(SessionCommand.Resume(protocolVersion: 1, token: token)), from: connection)
        return (connection, self.lastSession(of: connection))
    }

    struct Refused: Error {}

    static func join(_ sender: UInt8, _ invite: InviteID = Scene.invite, _ version: Int = 1) -> SessionCommand.Join {
        SessionCommand.Join(
            protocolVersion: version, invite: invite, sender: SenderID(bytes: [UInt8](repeating: sender, count: 16)),
            profile: Profile(bytes: [UInt8](repeating: sender, count: 156)), device: .desktop)
    }

    private func lastSession(of connection: ConnectionID) -> SessionEvent? {
        for message in self.heard(by: connection).reversed() {
            if case .session(let event) = message { return event }
        }
        return nil
    }

    private func carryOut(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .tell(let connections, let message):
                for connection in connections { self.heard[connection, default: []].append(message) }
            case .end(let connection): self.ended.insert(connection)
            case .departed(let connection): self.departed.insert(connection)
            case .atDoor(let connection): self.atDoor.insert(connection)
            case .media(let instruction): self.media.append(instruction)
            }
        }
    }
}

/// SplitMix64: small, and the same on every machine.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var z = self.state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
