import BeraadTesting
import Meeting
import Redaction
import Signalling

/// A meeting played in virtual time: who is called what, what each heard, what the media plane was asked.
final class Scene {
    var room: Room
    var now = ContinuousClock.now
    var media: [MediaInstruction] = []
    private(set) var ended: Set<ConnectionID> = []
    /// Files of which bytes may lie on the server now.
    private(set) var files: Set<BlobID> = []
    /// Who came to the door, and how far it is let.
    private(set) var atDoor: [ConnectionID: DeliveryGate] = [:]
    /// Who came to the door and owes the passcode.
    private(set) var owing: Set<ConnectionID> = []
    private(set) var isOver = false
    private(set) var passcodeChanges = 0
    private(set) var departed: Set<ConnectionID> = []
    /// Whose keys open nothing any more.
    private(set) var revoked: [LeafKey] = []
    private var heard: [ConnectionID: [ServerMessage]] = [:]
    private var generator = SeededGenerator(seed: 7)
    private var connections: UInt64 = 0
    /// The group, as `enter(as:)` makes it.
    private(set) var members: [GroupMember] = []

    static let invite = InviteID(bytes: [UInt8](repeating: 1, count: 16))

    init(capacity: Int = 25, door: Room.Door = .waiting, passcode: String? = nil) {
        var generator = SeededGenerator(seed: 8)
        let mark = passcode.map { PasscodeMark(Passcode(unchecked: $0), using: &generator) }
        self.room = Room(invite: Self.invite, capacity: capacity, door: door, passcode: PasscodeDesk(mark))
    }

    /// The delivery service has seen who somebody is.
    func noteSettled(_ connection: ConnectionID, needsPlace: Bool = false) {
        self.carryOut(self.room.noteSettled(connection, needsPlace: needsPlace))
    }

    /// The group of these members is what the delivery service says now.
    func follow(_ members: [GroupMember]) {
        self.carryOut(self.room.follow(members, now: self.now, using: &self.generator))
    }

    /// A part of the network, as an address.
    static func network(_ number: Int, key: UInt8 = 1) -> NetworkMark {
        NetworkMark(
            Redacted([10, 0, UInt8(number / 256), UInt8(number % 256)]), key: [UInt8](repeating: key, count: 32))
    }

    /// Opens a WebSocket that has said nothing yet.
    func connect(from network: Int? = nil) -> ConnectionID {
        self.connections += 1
        let connection = ConnectionID(rawValue: self.connections)
        self.carryOut(self.room.connect(connection, network: network.map { Self.network($0) }, now: self.now))
        return connection
    }

    func say(_ command: RoomCommand, from connection: ConnectionID) {
        self.carryOut(self.effects(of: command, from: connection))
    }

    /// What a word leads to, in its order, without carrying it out.
    func effects(of command: RoomCommand, from connection: ConnectionID) -> [Effect] {
        self.room.handle(.room(command), from: connection, now: self.now, using: &self.generator)
    }

    func say(_ command: SessionCommand, from connection: ConnectionID) {
        self.carryOut(self.room.handle(.session(command), from: connection, now: self.now, using: &self.generator))
    }

    func say(_ command: MediaCommand, from connection: ConnectionID) {
        self.carryOut(self.room.handle(.media(command), from: connection, now: self.now, using: &self.generator))
    }

    func say(_ command: FileCommand, from connection: ConnectionID) {
        self.carryOut(self.room.handle(.file(command), from: connection, now: self.now, using: &self.generator))
    }

    func mumble(from connection: ConnectionID) {
        self.carryOut(self.room.handleMalformed(from: connection, now: self.now))
    }

    func drop(_ connection: ConnectionID) {
        // Its leaf stays for a while, and nobody holds it.
        self.members = self.members.map {
            $0.connection == connection
                ? GroupMember(
                    leaf: $0.leaf, key: $0.key, connection: nil, powers: $0.powers, person: $0.person) : $0
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

    /// What the room's owner says now and then.
    func forgetFiles() {
        self.carryOut(self.room.forgetFiles())
    }

    func retire() {
        self.carryOut(self.room.retire(using: &self.generator))
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
        invite: InviteID = Scene.invite, version: Int = 1, from network: Int? = nil
    ) -> (connection: ConnectionID, answer: SessionEvent?) {
        let connection = self.connect(from: network)
        let join = SessionCommand.Join(protocolVersion: version, invite: invite, device: .desktop)
        self.say(.join(join), from: connection)
        return (connection, self.lastSession(of: connection))
    }

    /// Comes to the door, and the group has a leaf for a key made from a number: the lowest that is free. The test stops
    /// when that fails. `ticket` is a number for the personal link they came by; `key` another one for the key, up to 65,535.
    func enter(
        as number: UInt8, _ powers: GroupMember.Powers = .none, from network: Int? = nil, ticket: UInt8? = nil,
        key ownNumber: Int? = nil
    ) throws -> (connection: ConnectionID, joined: SessionEvent.Joined) {
        let (connection, answer) = self.comeToDoor(from: network)
        let taken = Set(self.members.map(\.leaf))
        let (high, low) = (ownNumber ?? Int(number)).quotientAndRemainder(dividingBy: 256)
        let bytes = [UInt8](repeating: UInt8(low), count: 31) + [UInt8(low) &+ UInt8(high)]
        guard case .atDoor(let door) = answer, let key = LeafKey(bytes),
            let leaf = (0...self.members.count).lazy.map({ LeafIndex(UInt32($0)) }).first(where: { !taken.contains($0) }
            )
        else { throw Refused() }
        // The delivery service sees the leaf before the room does.
        if door.owesPasscode { self.noteSettled(connection) }
        let person = ticket.flatMap { LeafKey([UInt8](repeating: $0, count: 32)) }
        self.members.append(
            GroupMember(leaf: leaf, key: key, connection: connection, powers: powers, person: person))
        self.follow(self.members)
        guard case .joined(let joined) = self.lastSession(of: connection) else { throw Refused() }
        return (connection, joined)
    }

    /// What somebody has shown to be is something else now.
    func change(_ number: UInt8, to powers: GroupMember.Powers) {
        for index in self.members.indices where self.members[index].key.bytes[0] == number {
            self.members[index].powers = powers
        }
        self.follow(self.members)
    }

    /// Somebody shows the leaf with a number's key on another connection.
    func bind(_ number: UInt8, to connection: ConnectionID) {
        self.members = self.members.map {
            guard $0.key.bytes[0] == number else { return $0 }
            return GroupMember(
                leaf: $0.leaf, key: $0.key, connection: connection, powers: $0.powers, person: $0.person)
        }
        self.follow(self.members)
    }

    /// A Commit took the leaf with a number's key out.
    func remove(_ number: UInt8) {
        self.members.removeAll { $0.key.bytes[0] == number }
        self.follow(self.members)
    }

    func resume(
        _ token: ResumeToken, from network: Int? = nil
    ) -> (connection: ConnectionID, answer: SessionEvent?) {
        let connection = self.connect(from: network)
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
            case .atDoor(let connection, let gate, let owes):
                self.atDoor[connection] = gate
                if owes { self.owing.insert(connection) }
            case .passed(let connection): self.owing.remove(connection)
            case .passcodeChanged: self.passcodeChanges += 1
            case .over: self.isOver = true
            case .revoke(let key): self.revoked.append(key)
            case .media(let instruction): self.media.append(instruction)
            case .keepFile(let blob): self.files.insert(blob)
            case .dropFile(let blob): self.files.remove(blob)
            }
        }
    }
}
