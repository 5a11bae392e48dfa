import Meeting
import Signalling
import Testing

@Suite("Dropping out and coming back")
struct ReturningTests {
    @Test("a dropped connection keeps its seat for thirty seconds and is shown as away")
    func away() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        let bram = try scene.enter(as: 2)
        _ = scene.heard(by: anna.connection)
        scene.drop(bram.connection)
        let subject = RoomEvent.Subject(participant: bram.joined.participant)
        #expect(scene.heard(by: anna.connection) == [.room(.participantAway(subject))])
        scene.pass(Room.awayTime - .nanoseconds(1))
        #expect(scene.heard(by: anna.connection) == [])
        scene.pass(.nanoseconds(1))
        #expect(scene.heard(by: anna.connection) == [.room(.participantLeft(subject))])
    }

    @Test("who comes back in time has the same seat, leaf and token, and a fresh picture of the meeting")
    func back() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        let bram = try scene.enter(as: 2)
        scene.drop(bram.connection)
        let carla = try scene.enter(as: 3)
        _ = scene.heard(by: anna.connection)
        let (_, answer) = scene.resume(bram.joined.resume)
        guard case .joined(let joined) = answer else {
            Issue.record("Bram was not let back")
            return
        }
        #expect(joined.resumed)
        #expect(joined.participant == bram.joined.participant)
        #expect(joined.leaf == bram.joined.leaf)
        #expect(joined.resume == bram.joined.resume)
        #expect(joined.participants.map(\.participant) == [anna.joined.participant, carla.joined.participant])
        let subject = RoomEvent.Subject(participant: bram.joined.participant)
        #expect(scene.heard(by: anna.connection) == [.room(.participantBack(subject))])
    }

    @Test("after thirty seconds the seat is gone, and so is the media connection")
    func tooLate() throws {
        let scene = Scene()
        let bram = try scene.enter(as: 2)
        scene.say(.open(.desktop), from: bram.connection)
        scene.drop(bram.connection)
        scene.pass(Room.awayTime)
        #expect(scene.resume(bram.joined.resume).answer == .refused(.init(failure: .resumeUnknown)))
        guard case .close = scene.media.last else {
            Issue.record("the media connection was left open")
            return
        }
    }

    @Test("a second connection with the same token replaces the first, and nobody is told away")
    func replaced() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        let bram = try scene.enter(as: 2)
        _ = scene.heard(by: anna.connection)
        let (second, _) = scene.resume(bram.joined.resume)
        #expect(scene.heard(by: bram.connection).last == .session(.ended(.init(reason: .replaced))))
        #expect(scene.ended == [bram.connection])
        scene.drop(bram.connection)
        #expect(scene.heard(by: anna.connection) == [])
        scene.say(.ping(.init(nonce: 1)), from: second)
        #expect(scene.heard(by: second) == [.session(.pong(.init(nonce: 1)))])
    }

    @Test("a guessed token is refused")
    func guessed() throws {
        let scene = Scene()
        _ = try scene.enter(as: 1)
        let guess = ResumeToken(bytes: [UInt8](repeating: 9, count: 32))
        #expect(scene.resume(guess).answer == .refused(.init(failure: .resumeUnknown)))
    }

    @Test("who comes back after the media connection ended is told so, once, and opens it anew")
    func mediaEnded() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        scene.say(.open(.desktop), from: anna.connection)
        let endpoint = try scene.endpoint()
        scene.drop(anna.connection)
        scene.report(.ended(endpoint, .timedOut))
        let closed = ServerMessage.media(.closed(.init(reason: .timedOut)))
        let first = scene.connect()
        scene.say(.resume(.init(protocolVersion: 1, token: anna.joined.resume)), from: first)
        #expect(scene.heard(by: first).last == closed)
        scene.drop(first)
        let second = scene.connect()
        scene.say(.resume(.init(protocolVersion: 1, token: anna.joined.resume)), from: second)
        #expect(!scene.heard(by: second).contains(closed))
    }

    @Test("who comes back is told the layout again")
    func layout() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        scene.say(.open(.desktop), from: anna.connection)
        let endpoint = try scene.endpoint()
        let shown = MediaEvent.SlotAssignment(mid: Mid(unchecked: "14"), publication: PublicationID(number: 7))
        scene.report(.assigned(endpoint, generation: 3, [shown]))
        scene.drop(anna.connection)
        let connection = scene.connect()
        scene.say(.resume(.init(protocolVersion: 1, token: anna.joined.resume)), from: connection)
        #expect(scene.heard(by: connection).last == .media(.assigned(.init(generation: 3, slots: [shown]))))
    }
}
