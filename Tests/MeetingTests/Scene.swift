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
    /// The group, as `enter(as:)` makes it.
    private var members: [GroupMember] = []

    static let invite = InviteID(bytes: [UInt8](repeating: 1, count: 16))

    init(capacity: Int = 25, door: Room.Door = .waiting) {
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
        self.carryOut(self.room.handle(.session(command), from: connection, now: self.now))
    }

    func say(_ command: MediaCommand, from connection: ConnectionID) {
        self.carryOut(self.room.handle(.media(command), from: connection, now: self.now))
    }

    func mumble(from connection: ConnectionID) {
        self.carryOut(self.room.handleMalformed(from: connection, now: self.now))
    }

    func drop(_ connection: ConnectionID) {
        // Its leaf stays for a while, and nobody holds it.
        self.members = self.members.map {
            $0.connection == connection ? GroupMember(leaf: $0.leaf, key: $0.key, connection: nil) : $0
        }
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

    /// Comes to the door, if the link is right.
    func comeToDoor(
        invite: InviteID = Scene.invite, version: Int = 1
    ) -> (connection: ConnectionID, answer: SessionEvent?) {
        let connection = self.connect()
        let join = SessionCommand.Join(protocolVersion: version, invite: invite, device: .desktop)
        self.say(.join(join), from: connection)
        return (connection, self.lastSession(of: connection))
    }

    /// Comes to the door, and the group has a leaf for a key made from a number: the lowest that is free. The test stops
    /// when that fails.
    func enter(as number: UInt8) throws -> (connection: ConnectionID, joined: SessionEvent.Joined) {
        let (connection, answer) = self.comeToDoor()
        let taken = Set(self.members.map(\.leaf))
        guard answer == .atDoor, let key = LeafKey([UInt8](repeating: number, count: 32)),
            let leaf = (0...self.members.count).lazy.map({ LeafIndex(UInt32($0)) }).first(where: { !taken.contains($0) }
            )
        else { throw Refused() }
        self.members.append(GroupMember(leaf: leaf, key: key, connection: connection))
        self.follow(self.members)
        guard case .joined(let joined) = self.lastSession(of: connection) else { throw Refused() }
        return (connection, joined)
    }

    func resume(_ token: ResumeToken) -> (connection: ConnectionID, answer: SessionEvent?) {
        let connection = self.connect()
        self.say(.resume(SessionCommand.Resume(protocolVersion: 1, token: token)), from: connection)
        return (connection, self.lastSession(of: connection))
    }

    struct Refused: Error {}

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
            case .departed(let connection):
                self.departed.insert(connection)
                self.members.removeAll { $0.connection == connection }
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
