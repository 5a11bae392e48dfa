import BeraadTesting
import Meeting
import Signalling
import Testing

@Suite("What others may send, when they go and come back", .promise("P-029"))
struct ModerationReturnTests {
    private static let host = GroupMember.Powers(
        mayEject: true, mayModerate: true, isCertified: true, isHost: true)
    private static let mute = Permissions(microphone: false, camera: true, screen: true)
    private static let stopped = ServerMessage.media(.stopped(.init(use: .microphone)))

    private func forbid(_ who: SessionEvent.Joined) -> RoomCommand {
        .allow(.init(participant: who.participant, use: .microphone, isAllowed: false))
    }

    @Test("whoever drops out and takes the seat again may not what was taken from them, and hears so")
    func resumed() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let bram = try scene.enter(as: 2)
        scene.say(self.forbid(bram.joined), from: anna.connection)
        scene.drop(bram.connection)
        let (again, answer) = scene.resume(bram.joined.resume)
        guard case .joined(let joined) = answer else { throw Scene.Refused() }
        #expect(joined.resumed && joined.may == Self.mute)
        scene.say(.open(.desktop), from: again)
        scene.say(.publish("0"), from: again)
        let refusal = ServerMessage.media(.failed(.init(failure: .notAllowed(.init(use: .microphone)))))
        #expect(scene.heard(by: again).last == refusal)
    }

    @Test("whoever is muted while their connection is gone hears it on coming back, in the old seat or a new one, once")
    func missed() throws {
        for isLate in [false, true] {
            let scene = Scene()
            let anna = try scene.enter(as: 1, Self.host)
            let bram = try scene.enter(as: 2)
            scene.say(.open(.desktop), from: bram.connection)
            scene.say(.publish("0"), from: bram.connection)
            scene.drop(bram.connection)
            scene.media = []
            scene.say(.stop(.init(participant: bram.joined.participant, use: .microphone)), from: anna.connection)
            #expect(scene.media == [.withdraw(PublicationNumber(rawValue: 1))])
            let connection = scene.comeToDoor().connection
            if isLate { scene.pass(Room.awayTime) }
            scene.bind(2, to: connection)
            let told = scene.heard(by: connection)
            guard case .session(.joined(let joined)) = told.first else { throw Scene.Refused() }
            #expect(joined.may == .atFirst && told.contains(Self.stopped), "late: \(isLate)")
            #expect((joined.participant == bram.joined.participant) == !isLate)
            let again = scene.connect()
            scene.say(.resume(.init(protocolVersion: 1, token: joined.resume)), from: again)
            let toldAgain = scene.heard(by: again)
            #expect(!toldAgain.isEmpty && !toldAgain.contains(Self.stopped))
        }
    }

    @Test("whoever comes in again with the same key, or by the same personal link, may not what was taken from them")
    func entersAgain() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let bram = try scene.enter(as: 2, ticket: 100)
        scene.say(self.forbid(bram.joined), from: anna.connection)
        scene.say(.leave, from: bram.connection)
        // It does not show the link this time, and is known by it all the same.
        let same = try scene.enter(as: 2)
        #expect(same.joined.participant != bram.joined.participant && same.joined.may == Self.mute)
        #expect(try scene.enter(as: 3, ticket: 100).joined.may == Self.mute)
        #expect(try scene.enter(as: 4, ticket: 101).joined.may == .atFirst)
    }

    @Test("a personal link opened again brings its holder back as they were, before the old leaf goes and after it")
    func ticket() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let bram = try scene.enter(as: 2, ticket: 100)
        scene.say(self.forbid(bram.joined), from: anna.connection)
        #expect(try scene.enter(as: 3, ticket: 100).joined.may == Self.mute)
        scene.remove(2)
        scene.remove(3)
        #expect(try scene.enter(as: 4, ticket: 100).joined.may == Self.mute)
        #expect(try scene.enter(as: 5, ticket: 101).joined.may == .atFirst)
    }

    @Test("512 who went are remembered and no more; the first is forgotten")
    func bound() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 0, Self.host, key: 60_000)
        for number in 0...512 {
            let guest = try scene.enter(as: 0, key: number)
            scene.say(self.forbid(guest.joined), from: anna.connection)
            scene.say(.leave, from: guest.connection)
            scene.pass(.seconds(1))
        }
        #expect(try scene.enter(as: 0, key: 0).joined.may == .atFirst)
        #expect(try scene.enter(as: 1, key: 1).joined.may == Self.mute)
        #expect(try scene.enter(as: 2, key: 512).joined.may == Self.mute)
    }

    @Test("who says too much, of one or of everybody, is told to wait, and nothing of it happens, also on a new line")
    func flood() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let bram = try scene.enter(as: 2)
        func words(_ participant: ParticipantID?, _ count: Int, from connection: ConnectionID) -> Int {
            _ = scene.heard(by: bram.connection)
            for index in 0..<count {
                let word = RoomCommand.Allow(participant: participant, use: .camera, isAllowed: index % 2 == 1)
                scene.say(.allow(word), from: connection)
            }
            return scene.heard(by: bram.connection).count
        }
        #expect(words(nil, 14, from: anna.connection) == 12)
        let wait = ServerMessage.session(.refused(.init(failure: .tooFast(.init(retrySeconds: 2)))))
        #expect(scene.heard(by: anna.connection).suffix(2) == [wait, wait])
        #expect(words(bram.joined.participant, 42, from: anna.connection) == 40)
        scene.drop(anna.connection)
        let (again, _) = scene.resume(anna.joined.resume)
        #expect(words(nil, 2, from: again) == 0)
        scene.pass(.seconds(2))
        #expect(words(nil, 1, from: again) == 1)
    }
}
