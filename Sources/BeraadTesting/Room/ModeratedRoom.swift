internal import Client
package import MediaCore
package import Meeting
package import Signalling

/// A `TestRoom` that the rules of a meeting govern, as on a server: what clients say goes to `Meeting.Room`, and what that wants
/// of the media plane is done before time goes on. Its people are as hostile as can be: from the first moment to the last
/// they send sound and picture, whatever they are told.
package final class ModeratedRoom {
    /// Somebody in it.
    package struct Person {
        /// Their media.
        package let peer: TestPeer
        /// What the server calls them.
        package let participant: ParticipantID
        let connection: ConnectionID
    }

    /// There is no seat.
    package struct NotSeated: Error {}

    /// The media plane and everybody's media, in virtual time.
    package let call: TestRoom
    private var rules: Room
    private let start = ContinuousClock.now
    private var generator: SeededGenerator
    private var members: [GroupMember] = []
    private var heard: [ConnectionID: [ServerMessage]] = [:]
    private var endpoints: [EndpointNumber: TestPeer] = [:]

    private static let invite = InviteID(bytes: [UInt8](repeating: 1, count: 16))

    /// An empty room whose accidents follow from `seed`.
    package init(seed: UInt64) throws {
        self.call = try TestRoom(seed: seed)
        self.generator = SeededGenerator(seed: seed)
        self.rules = Room(invite: Self.invite, capacity: 25, door: .waiting)
    }

    private var now: ContinuousClock.Instant {
        self.start + .nanoseconds(self.call.now.nanoseconds)
    }

    /// Somebody is let in and opens a media connection. Nothing is published yet.
    package func join(_ options: TestPeerOptions, _ powers: GroupMember.Powers = .none) throws -> Person {
        let peer = try self.call.join(options, announces: false)
        let connection = ConnectionID(rawValue: UInt64(peer.leaf))
        guard let key = LeafKey(peer.key) else { throw NotSeated() }
        self.carryOut(self.rules.connect(connection, now: self.now), of: peer)
        let join = SessionCommand.Join(protocolVersion: Room.protocolVersion, invite: Self.invite, device: .desktop)
        self.say(.session(.join(join)), from: connection, peer)
        self.members.append(
            GroupMember(leaf: LeafIndex(peer.leaf), key: key, connection: connection, powers: powers))
        self.carryOut(self.rules.follow(self.members, now: self.now, using: &self.generator), of: peer)
        for case .session(.joined(let joined)) in self.heard[connection] ?? [] {
            self.say(.media(.open(Self.offer)), from: connection, peer)
            return Person(peer: peer, participant: joined.participant, connection: connection)
        }
        throw NotSeated()
    }

    /// Somebody says something to the server.
    package func say(_ message: ClientMessage, from person: Person) {
        self.say(message, from: person.connection, person.peer)
    }

    /// Somebody asks to begin sending.
    package func publish(_ kind: MediaKind, by person: Person) {
        let mid = kind == .audio ? MediaLayout.microphone : MediaLayout.camera
        self.say(.media(.publish(MediaCommand.Section(mid: Mid(unchecked: mid)))), from: person)
    }

    /// What the server told somebody since it was last asked.
    package func heard(by person: Person) -> [ServerMessage] {
        defer { self.heard[person.connection] = [] }
        return self.heard[person.connection] ?? []
    }

    private func say(_ message: ClientMessage, from connection: ConnectionID, _ peer: TestPeer) {
        let effects = self.rules.handle(message, from: connection, now: self.now, using: &self.generator)
        self.carryOut(effects, of: peer)
    }

    private func carryOut(_ effects: [Effect], of peer: TestPeer) {
        for effect in effects {
            switch effect {
            case .tell(let connections, let message):
                for connection in connections { self.heard[connection, default: []].append(message) }
            case .media(.open(let endpoint, _)): self.endpoints[endpoint] = peer
            case .media(.announce(let endpoint, let publication, let mid)):
                guard let publisher = self.endpoints[endpoint] else { continue }
                let kind: MediaKind = mid.text == MediaLayout.microphone ? .audio : .video
                self.call.announce(UInt64(publication.rawValue), kind, of: publisher)
            case .media(.withdraw(let publication)): self.call.withdraw(UInt64(publication.rawValue))
            // Nobody here goes, wants less than everything, restarts or brings a file.
            case .media, .end, .departed, .atDoor, .passed, .passcodeChanged, .over, .revoke, .keepFile, .dropFile:
                continue
            }
        }
    }

    /// What the rules see of a connection that the room has made already: its own sections.
    private static var offer: Offer {
        Offer(
            use: .both, ufrag: "abcd", pwd: String(repeating: "x", count: 22),
            fingerprint: [String](repeating: "AB", count: 32).joined(separator: ":"), device: .desktop,
            payloads: [Offer.Payload(pt: 111, codec: .opus), Offer.Payload(pt: 96, codec: .vp8, rtx: 97)],
            extensions: Offer.Extensions(mid: 4, twcc: 3),
            sections: [
                Offer.Section(mid: Mid(unchecked: MediaLayout.microphone), kind: .audio, use: .microphone),
                Offer.Section(mid: Mid(unchecked: MediaLayout.camera), kind: .video, use: .camera, layout: .single),
            ])
    }
}
