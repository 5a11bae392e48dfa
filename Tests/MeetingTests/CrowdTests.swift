import Meeting
import Signalling
import Testing

/// One network does not take all places (`privacy.md` 4.5).
@Suite("Places at the door")
struct CrowdTests {
    private static let busy = ServerMessage.session(.refused(.init(failure: .busy(.init(retrySeconds: 10)))))

    @Test("thirty-two of one network may say nothing yet, and the next from elsewhere comes all the same")
    func strangers() {
        let scene = Scene()
        let first = (0..<32).map { _ in scene.connect(from: 1) }
        #expect(first.allSatisfy { scene.heard(by: $0).isEmpty })
        let oneMore = scene.connect(from: 1)
        #expect(scene.heard(by: oneMore) == [Self.busy] && scene.ended == [oneMore])
        #expect(scene.heard(by: scene.connect(from: 2)).isEmpty)
    }

    @Test("sixty-four of one network may wait; whoever has a seat is not counted")
    func waiting() throws {
        let scene = Scene()
        for number in 1...3 { _ = try scene.enter(as: UInt8(number), from: 1) }
        for _ in 0..<64 { #expect(scene.comeToDoor(from: 1).answer == .atDoor(.init(owesPasscode: false))) }
        #expect(scene.comeToDoor(from: 1).answer == .refused(.init(failure: .busy(.init(retrySeconds: 10)))))
        #expect(scene.comeToDoor(from: 2).answer == .atDoor(.init(owesPasscode: false)))
    }

    @Test("whoever comes past the passcode by a personal link takes a place like others; a host needs none")
    func settled() {
        let scene = Scene(passcode: "83914207")
        for _ in 0..<64 {
            let (connection, _) = scene.comeToDoor(from: 1)
            scene.noteSettled(connection, needsPlace: true)
            #expect(scene.heard(by: connection).last == .session(.passed))
        }
        let (late, _) = scene.comeToDoor(from: 1)
        scene.noteSettled(late, needsPlace: true)
        #expect(scene.heard(by: late).last == Self.busy && scene.ended == [late])
        let (elsewhere, _) = scene.comeToDoor(from: 2)
        scene.noteSettled(elsewhere, needsPlace: true)
        let (host, _) = scene.comeToDoor(from: 1)
        scene.noteSettled(host)
        for connection in [elsewhere, host] { #expect(scene.heard(by: connection).last == .session(.passed)) }
        #expect(scene.ended == [late])
    }

    @Test("where the door is full, the first of the network with the most makes room, and nobody who has a seat")
    func full() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, from: 1)
        let crowd = (0..<8).flatMap { network in
            (0..<64).map { _ in
                scene.now += .milliseconds(1)
                return scene.comeToDoor(from: network + 1).connection
            }
        }
        #expect(crowd.count == 512 && scene.ended.isEmpty)
        let (host, answer) = scene.comeToDoor(from: 99)
        #expect(answer == .atDoor(.init(owesPasscode: false)) && scene.ended == [crowd[0]])
        #expect(scene.heard(by: crowd[0]).last == Self.busy)
        #expect(scene.room.isAtDoor(host) && scene.room.isAtDoor(anna.connection) && !scene.room.isAtDoor(crowd[0]))
    }

    @Test("where strangers take all places, somebody from elsewhere still gets one, also back to a seat")
    func back() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, from: 9)
        scene.drop(anna.connection)
        for _ in 0..<32 { _ = scene.connect(from: 1) }
        for _ in 0..<32 { _ = scene.connect(from: 2) }
        guard case .joined(let joined) = scene.resume(anna.joined.resume, from: 9).answer else { throw Scene.Refused() }
        #expect(joined.resumed && scene.ended.count == 1)
    }

    @Test("a leaf for which there is no seat is told once that the meeting is full")
    func fullOnce() throws {
        let scene = Scene(capacity: 1)
        _ = try scene.enter(as: 1)
        let (bram, _) = scene.comeToDoor()
        for leaf in 5...7 {
            let key = try #require(LeafKey([UInt8](repeating: 2, count: 32)))
            scene.follow(scene.members + [GroupMember(leaf: LeafIndex(UInt32(leaf)), key: key, connection: bram)])
        }
        #expect(scene.heard(by: bram) == [.session(.refused(.init(failure: .full(.init(capacity: 1)))))])
    }
}
