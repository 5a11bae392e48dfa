import Meeting
import Signalling
import Testing

@Suite("Coming in and going")
struct JoiningTests {
    @Test("the first two people hold leaves 0 and 1, and each learns of the other")
    func twoPeople() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        let bram = try scene.enter(as: 2)
        #expect(anna.joined.leaf == 0)
        #expect(bram.joined.leaf == 1)
        #expect(bram.joined.participants.map(\.participant) == [anna.joined.participant])
        guard case .room(.participantJoined(let arrival)) = scene.heard(by: anna.connection).last else {
            Issue.record("Anna heard nothing of Bram")
            return
        }
        #expect(arrival.participant.participant == bram.joined.participant)
    }

    @Test("a wrong link is answered as an unknown meeting")
    func wrongLink() {
        let scene = Scene()
        let other = InviteID(bytes: [UInt8](repeating: 2, count: 16))
        #expect(scene.comeToDoor(invite: other).answer == .refused(.init(failure: .unknown)))
        #expect(scene.atDoor.isEmpty && scene.room.isEmpty)
    }

    @Test("a full meeting says how many fit, and lets in whoever comes after somebody left")
    func full() throws {
        let scene = Scene(capacity: 2, door: .open)
        let anna = try scene.enter(as: 1)
        _ = try scene.enter(as: 2)
        #expect(scene.comeToDoor().answer == .refused(.init(failure: .full(.init(capacity: 2)))))
        scene.say(.leave, from: anna.connection)
        #expect(throws: Never.self) { try scene.enter(as: 4) }
    }

    @Test("a client of another protocol version is told to reload")
    func version() {
        let scene = Scene()
        #expect(scene.comeToDoor(version: 0).answer == .refused(.init(failure: .clientTooOld)))
    }

    @Test("who leaves is confirmed, disconnected, and gone for the others")
    func leaving() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        let bram = try scene.enter(as: 2)
        _ = scene.heard(by: anna.connection)
        scene.say(.leave, from: bram.connection)
        #expect(scene.heard(by: bram.connection) == [.session(.left)])
        #expect(scene.ended.contains(bram.connection))
        #expect(
            scene.heard(by: anna.connection) == [
                .room(.participantLeft(.init(participant: bram.joined.participant)))
            ])
    }

    @Test("a connection that never says who it is is let go after twenty seconds")
    func stranger() {
        let scene = Scene()
        let connection = scene.connect()
        scene.pass(Room.joinTime)
        #expect(scene.heard(by: connection) == [.session(.ended(.init(reason: .idle)))])
        #expect(scene.ended == [connection])
    }

    @Test("when the meeting is over everybody is told")
    func over() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        scene.end()
        #expect(scene.heard(by: anna.connection).last == .session(.ended(.init(reason: .over))))
        #expect(scene.ended == [anna.connection])
        #expect(scene.room.isEmpty)
    }

    @Test("a ping is answered, also before joining")
    func ping() {
        let scene = Scene()
        let connection = scene.connect()
        scene.say(.ping(.init(nonce: 9)), from: connection)
        #expect(scene.heard(by: connection) == [.session(.pong(.init(nonce: 9)))])
    }

    @Test("a hundred people's snapshot fits one message")
    func snapshotFits() throws {
        let scene = Scene(capacity: 100)
        for number in 1...99 {
            let connection = try scene.enter(as: UInt8(number)).connection
            scene.say(.open(.desktop), from: connection)
            for mid in ["0", "1", "2", "3"] { scene.say(.publish(.init(mid: Mid(unchecked: mid))), from: connection) }
        }
        let last = try scene.enter(as: 100).joined
        #expect(last.participants.count == 99)
        #expect(last.participants.allSatisfy { $0.publications.count == 4 })
        #expect(ServerMessage.session(.joined(last)).encoded.utf8.count <= JSONLimits.messageBytes)
    }
}
