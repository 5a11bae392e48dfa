import Meeting
import Signalling
import Testing

@Suite("Ending a meeting for everybody")
struct EndTests {
    private static let host = GroupMember.Powers(mayEject: true, isCertified: true, isHost: true)
    private static let over = ServerMessage.session(.ended(.init(reason: .over)))

    @Test("a host ends it: all who are in or at the door hear so, media and files go, and the link is another's")
    func ends() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let bram = try scene.enter(as: 2)
        let (chris, _) = scene.comeToDoor()
        let stranger = scene.connect()
        scene.say(.open(.desktop), from: bram.connection)
        let endpoint = try scene.endpoint()
        scene.say(.create(.init(size: 100)), from: anna.connection)
        #expect(scene.files.count == 1)
        let there = [anna.connection, bram.connection, chris]
        for connection in there { _ = scene.heard(by: connection) }
        scene.say(.end, from: anna.connection)
        for connection in there { #expect(scene.heard(by: connection) == [Self.over]) }
        #expect(scene.isOver && scene.ended == Set(there))
        #expect(scene.media.last == .close(endpoint) && scene.files.isEmpty && scene.room.isEmpty)
        // Whoever had shown nothing learns nothing, and nobody comes again.
        #expect(scene.heard(by: stranger).isEmpty)
        #expect(scene.comeToDoor().answer == .refused(.init(failure: .unknown)))
        #expect(scene.resume(bram.joined.resume).answer == .refused(.init(failure: .resumeUnknown)))
    }

    @Test("from outside it ends in the same way: whoever had shown nothing notices nothing")
    func retired() throws {
        let scene = Scene(passcode: "83914207")
        let anna = try scene.enter(as: 1, Self.host)
        let (chris, _) = scene.comeToDoor()
        let stranger = scene.connect()
        for connection in [anna.connection, chris] { _ = scene.heard(by: connection) }
        scene.retire()
        for connection in [anna.connection, chris] { #expect(scene.heard(by: connection) == [Self.over]) }
        #expect(scene.ended == [anna.connection, chris] && scene.room.isEmpty && !scene.isOver)
        #expect(scene.heard(by: stranger).isEmpty)
        scene.say(
            .join(SessionCommand.Join(protocolVersion: 1, invite: Scene.invite, device: .desktop)), from: stranger)
        #expect(scene.heard(by: stranger) == [.session(.refused(.init(failure: .unknown)))])
        scene.pass(Room.joinTime)
        #expect(scene.ended.contains(stranger))
    }

    @Test("nobody else ends it: no guest, no co-host, nobody who stands in, nobody who was put out, nobody at the door")
    func others() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let cohost = try scene.enter(as: 2, .init(mayEject: true, isCertified: true, isHost: false))
        let acting = try scene.enter(as: 3, .init(mayEject: true, mayModerate: true, isCertified: false, isHost: false))
        let second = try scene.enter(as: 4, Self.host)
        scene.say(.eject(.init(participant: second.joined.participant, block: false)), from: anna.connection)
        let (waiting, _) = scene.comeToDoor()
        let no = ServerMessage.session(.refused(.init(failure: .invalidNow)))
        for connection in [cohost.connection, acting.connection, second.connection, waiting, scene.connect()] {
            scene.say(.end, from: connection)
            #expect(scene.heard(by: connection).last == no)
        }
        #expect(!scene.isOver && scene.room.population == 4)
    }
}
