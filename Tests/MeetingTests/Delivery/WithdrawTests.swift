import BeraadTesting
import Meeting
import Signalling
import Testing

/// The service believes the chain that a co-host showed, and reads no policy by which it ended: a host says so
/// (`docs/decisions/0011`).
@Suite("Whoever was a co-host is a guest to the server as well", .promise("P-028"))
struct WithdrawTests {
    private typealias Peer = DeliveryScene.Peer

    private static let between = Authority.signingKey(80)
    private static let host = GroupMember.Powers(mayEject: true, mayModerate: true, isCertified: true, isHost: true)
    private static let cohost = GroupMember.Powers(mayEject: true, mayModerate: true, isCertified: true, isHost: false)

    /// What a host makes for a co-host: a key stands between them.
    private static func chain(
        _ scene: DeliveryScene, for subject: LeafKey, by host: Peer, between: Int = 80
    ) throws -> Chain {
        let key = Authority.signingKey(between)
        return try Authority.chain(
            Authority.certificate(by: key, for: subject, role: .cohost, rights: 0xB7),
            Authority.certificate(by: host.key, for: Authority.publicKey(of: key), role: .cohost, rights: 0xF7),
            Authority.certificate(by: scene.authority.key, for: host.publicKey, role: .host, rights: 0xFF))
    }

    private static var withdrawal: DeliveryCommand { .withdraw(Authority.publicKey(of: self.between)) }

    /// A host, a co-host of their making and guests.
    private func meeting(
        members: Int = 2, descriptor: MeetingDescriptor? = nil
    ) throws -> (scene: DeliveryScene, people: [Peer], chain: Chain) {
        let scene = try DeliveryScene(descriptor: descriptor)
        let people = try scene.meeting(members: members)
        let chain = try Self.chain(scene, for: people[1].publicKey, by: people[0])
        try #require(scene.bind(people[1], leaf: 1, chain: chain) == .ok)
        return (scene, people, chain)
    }

    /// What the room hears of the group, if it changed.
    private func members(_ scene: DeliveryScene) -> [GroupMember]? { scene.delivery.takeMembership() }

    private func powers(_ scene: DeliveryScene) -> [GroupMember.Powers]? { self.members(scene)?.map(\.powers) }

    private func isAsked(_ scene: DeliveryScene, _ peer: Peer) -> Bool {
        scene.heard(by: peer).contains { if case .lobby = $0 { true } else { false } }
    }

    @Test("they answer no door, hear nobody who knocks, reserve nothing and take nobody out; what a guest may they may")
    func guest() throws {
        let (scene, people, chain) = try self.meeting()
        #expect(scene.say(Self.withdrawal, from: people[0]) == .ok)
        let knock = try LobbyBytes.request(), waiting = scene.connect()
        scene.say(.knock(knock), from: waiting)
        #expect(self.isAsked(scene, people[0]) && !self.isAsked(scene, people[1]))
        let hash = RequestHash(of: knock.bytes)
        let note = LobbyNote(request: hash, encapsulated: [1], ciphertext: [2], decision: .refused)
        let snapshot = DeliveryCommand.Snapshot(
            group: DeliveryScene.group, epoch: scene.epoch, tree: [9],
            groupInfo: MLSBytes.groupInfo(DeliveryScene.group, scene.epoch))
        let said: [DeliveryCommand] = [
            .answer(try LobbyBytes.answer(hash, chain)), .note(note), .reserve(DeliveryScene.group),
            .snapshot(snapshot), .commit(scene.commit(by: 1, removed: [2])), DeliveryScene.get(.keyPackages, from: 2),
            Self.withdrawal,
        ]
        for command in said { #expect(scene.say(command, from: people[1]) == .failed(.denied)) }
        #expect(!self.isAsked(scene, waiting))
        #expect(scene.say(scene.app(), from: people[1]) == .ok)
        try scene.mustCommit(people[1], by: 1)
        #expect(scene.ended.isEmpty)
    }

    @Test("an old chain shown once more, here or on another line, is a guest's, and sends nobody away")
    func shownAgain() throws {
        let (scene, people, chain) = try self.meeting()
        #expect(scene.say(Self.withdrawal, from: people[0]) == .ok)
        let again = scene.connect(key: people[1].key)
        for peer in [people[1], again] {
            #expect(scene.bind(peer, leaf: 1, chain: chain) == .ok)
            #expect(scene.say(.reserve(DeliveryScene.group), from: peer) == .failed(.denied))
        }
        #expect(scene.say(scene.app(), from: again) == .ok)
        // Without a leaf it opens nothing either, also out of a network that was blocked.
        let stranger = scene.connect(.stranger, key: people[1].key)
        #expect(scene.show(chain, of: stranger) == .ok)
        #expect(scene.say(DeliveryScene.get(.tree), from: stranger) == .failed(.denied))
        #expect(scene.say(.knock(try LobbyBytes.request()), from: stranger) == .failed(.denied))
        // Another time there is another key between.
        let other = try Self.chain(scene, for: people[1].publicKey, by: people[0], between: 81)
        #expect(scene.bind(again, leaf: 1, chain: other) == .ok)
        #expect(self.powers(scene) == [Self.host, Self.cohost, .none])
    }

    @Test("whom a co-host named falls with them, and the slot that they reserved is free")
    func further() throws {
        let (scene, people, chain) = try self.meeting()
        let rights: UInt16 = 0xB7
        let further = try Authority.chain(
            Authority.certificate(by: Self.between, for: people[2].publicKey, role: .cohost, rights: rights),
            chain.certificates[1].bytes, chain.certificates[2].bytes)
        #expect(scene.bind(people[2], leaf: 2, chain: further) == .ok)
        #expect(scene.say(.reserve(DeliveryScene.group), from: people[1]) == .ok)
        #expect(scene.say(Self.withdrawal, from: people[0]) == .ok)
        #expect(self.powers(scene) == [Self.host, .none, .none])
        try scene.mustCommit(people[2], by: 2)
    }

    @Test("where no key stands between, a co-host's own key is named")
    func ownKey() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let chain = try Authority.chain(
            Authority.certificate(by: people[0].key, for: people[1].publicKey, role: .cohost, rights: 0xF7),
            Authority.certificate(by: scene.authority.key, for: people[0].publicKey, role: .host, rights: 0xFF))
        #expect(scene.bind(people[1], leaf: 1, chain: chain) == .ok)
        #expect(scene.say(.withdraw(people[1].publicKey), from: people[0]) == .ok)
        #expect(self.powers(scene) == [Self.host, .none])
    }

    @Test("only a host in the group says so: no co-host, no guest, and nobody without a leaf")
    func who() throws {
        let (scene, people, _) = try self.meeting()
        let outside = scene.connect()
        #expect(scene.show(try scene.authority.chain(.host, for: outside.publicKey), of: outside) == .ok)
        for peer in [people[1], people[2], outside, scene.connect()] {
            #expect(scene.say(Self.withdrawal, from: peer) == .failed(.denied))
        }
        #expect(self.powers(scene) == [Self.host, Self.cohost, .none])
    }

    @Test("nothing hangs on a host's own key, nor on a personal link's")
    func hostKey() throws {
        let (scene, people, _) = try self.meeting(members: 3)
        let ticket = Authority.signingKey(60)
        let second = try scene.authority.chain(.host, for: people[2].publicKey)
        let personal = try scene.authority.ticketChain(for: people[3].publicKey, ticket: ticket)
        #expect(scene.bind(people[2], leaf: 2, chain: second) == .ok)
        #expect(scene.bind(people[3], leaf: 3, chain: personal) == .ok)
        let keys = [
            people[0].publicKey, people[2].publicKey, people[3].publicKey, Authority.publicKey(of: ticket),
            Authority.publicKey(of: scene.authority.key),
        ]
        for key in keys { #expect(scene.say(.withdraw(key), from: people[2]) == .ok) }
        #expect(self.powers(scene) == [Self.host, Self.cohost, Self.host, .none])
        #expect(scene.bind(people[2], leaf: 2, chain: second) == .ok)
        #expect(scene.bind(people[3], leaf: 3, chain: personal) == .ok)
        #expect(self.members(scene)?.last?.person == Authority.publicKey(of: ticket))
    }

    @Test("a Commit that is taken back gives nothing back of it")
    func void() throws {
        let (scene, people, _) = try self.meeting(members: 4)
        try scene.mustCommit(people[0], by: 0)
        #expect(scene.say(Self.withdrawal, from: people[0]) == .ok)
        try scene.mustCommit(people[0], by: 0, removed: [1])
        for peer in people[2...] {
            scene.say(.ack(.init(group: DeliveryScene.group, seq: 2, verdict: .refused)), from: peer)
            scene.say(.fault(.init(group: DeliveryScene.group, epoch: 1, code: 66, evidence: [])), from: peer)
        }
        scene.pass(.seconds(5))
        let members = try #require(self.members(scene))
        #expect(members.map(\.powers) == [Self.host, .none, .none, .none, .none])
        #expect(members[1].connection == people[1].connection)
    }

    @Test("whoever follows a host does not stand in by a key that the chain of before named")
    func acting() throws {
        let successor = Authority.publicKey(of: Authority.signingKey(1))
        let (scene, people, _) = try self.meeting(descriptor: try Authority().descriptor(successors: [successor]))
        #expect(people[0].publicKey == successor)
        #expect(scene.say(Self.withdrawal, from: people[0]) == .ok)
        scene.drop(people[0])
        #expect(self.powers(scene) == [Self.host, .none, .none])
        #expect(scene.say(.commit(scene.commit(by: 1, removed: [2])), from: people[1]) == .failed(.denied))
    }

    @Test("what is kept of it is bounded: the first of 1,025 is forgotten")
    func bounded() throws {
        let (scene, people, chain) = try self.meeting()
        #expect(scene.say(Self.withdrawal, from: people[0]) == .ok)
        for number in 0..<1_024 {
            if number == 1_023 {
                #expect(scene.bind(people[1], leaf: 1, chain: chain) == .ok)
                #expect(self.powers(scene) == [Self.host, .none, .none])
            }
            let key = try #require(
                LeafKey([UInt8](repeating: 9, count: 30) + [UInt8(number / 256), UInt8(number % 256)]))
            #expect(scene.say(.withdraw(key), from: people[0]) == .ok)
            if number % 100 == 99 { scene.pass(.seconds(2)) }
        }
        #expect(scene.bind(people[1], leaf: 1, chain: chain) == .ok)
        #expect(self.powers(scene) == [Self.host, Self.cohost, .none])
    }

    @Test("in the room they put nobody out, stop and forbid nothing, renew no link, and are muted with all others")
    func room() throws {
        let (scene, people, _) = try self.meeting()
        let room = Scene()
        for peer in people { try #require(room.comeToDoor().connection == peer.connection) }
        room.follow(try #require(self.members(scene)))
        let seats = people.map { peer in
            room.heard(by: peer.connection).compactMap { message -> ParticipantID? in
                if case .session(.joined(let joined)) = message { joined.participant } else { nil }
            }.first
        }
        let (bram, chris) = (try #require(seats[1]), try #require(seats[2]))
        let said: [RoomCommand] = [
            .stop(.init(participant: chris, use: .camera)),
            .allow(.init(participant: chris, use: .screen, isAllowed: false)),
            .renew(.init(invite: InviteID(bytes: [UInt8](repeating: 2, count: 16)))),
            .eject(.init(participant: chris, block: false)),
        ]
        func refusals() -> Int {
            room.heard(by: people[1].connection).count { $0 == .session(.refused(.init(failure: .invalidNow))) }
        }
        for command in said.dropLast() { room.say(command, from: people[1].connection) }
        #expect(refusals() == 0)
        #expect(scene.say(Self.withdrawal, from: people[0]) == .ok)
        room.follow(try #require(self.members(scene)))
        for command in said { room.say(command, from: people[1].connection) }
        #expect(refusals() == said.count && room.revoked.isEmpty)
        room.say(.allow(.init(participant: nil, use: .microphone, isAllowed: false)), from: people[0].connection)
        let may = Permissions(microphone: false, camera: true, screen: true)
        #expect(
            room.heard(by: people[1].connection).contains(.room(.participantMay(.init(participant: bram, may: may)))))
    }
}
