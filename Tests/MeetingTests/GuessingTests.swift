import BeraadTesting
import Meeting
import Signalling
import Testing

/// Whoever has a link and not the passcode, and much time.
@Suite("Guessing a passcode", .promise("P-007"))
struct GuessingTests {
    private static let right = "83914207"
    private static let wrong = "11111111"

    private enum Answer: Equatable {
        case passed, wrong, wait(Int), ended
    }

    private func answer(_ scene: Scene, _ text: String, from connection: ConnectionID) -> Answer {
        scene.say(.pass(.init(passcode: Passcode(unchecked: text))), from: connection)
        guard case .session(let event) = scene.heard(by: connection).last else { return .ended }
        switch event {
        case .passed: return .passed
        case .refused(let refused):
            if case .tooFast(let wait) = refused.failure { return .wait(wait.retrySeconds) }
            return refused.failure == .passcode ? .wrong : .ended
        default: return .ended
        }
    }

    /// One try on a connection of its own, which goes.
    private func tryOnce(_ scene: Scene, _ text: String = GuessingTests.wrong, from network: Int?) -> Answer {
        let connection = scene.comeToDoor(from: network).connection
        defer { scene.drop(connection) }
        return self.answer(scene, text, from: connection)
    }

    @Test("after three wrong tries a connection waits half a minute, also with the right passcode")
    func connection() {
        let scene = Scene(passcode: Self.right)
        let (mallory, _) = scene.comeToDoor(from: 1)
        for _ in 1...3 { #expect(self.answer(scene, Self.wrong, from: mallory) == .wrong) }
        #expect(self.answer(scene, Self.right, from: mallory) == .wait(30))
        scene.now += .seconds(30) - .nanoseconds(1)
        #expect(self.answer(scene, Self.right, from: mallory) == .wait(1))
        scene.now += .nanoseconds(1)
        #expect(self.answer(scene, Self.right, from: mallory) == .passed)
    }

    @Test(
        "after ten a network pauses, twice as long each time up to a quarter of an hour; others do not",
        arguments: [1, nil])
    func network(_ network: Int?) {
        let scene = Scene(passcode: Self.right)
        for _ in 1...10 { #expect(self.tryOnce(scene, from: network) == .wrong) }
        for pause in [30, 60, 120, 240, 480, 900, 900] {
            #expect(self.tryOnce(scene, Self.right, from: network) == .wait(pause))
            #expect(self.tryOnce(scene, Self.right, from: 2) == .passed)
            scene.now += .seconds(pause)
            #expect(self.tryOnce(scene, from: network) == .wrong)
        }
    }

    @Test("what somebody mistyped before they got it right is not counted against their network")
    func mistyped() {
        let scene = Scene(passcode: Self.right)
        for _ in 1...20 {
            let (pupil, _) = scene.comeToDoor(from: 1)
            #expect(self.answer(scene, Self.wrong, from: pupil) == .wrong)
            #expect(self.answer(scene, Self.wrong, from: pupil) == .wrong)
            #expect(self.answer(scene, Self.right, from: pupil) == .passed)
        }
        // Another's success forgives nobody else.
        for _ in 1...10 { #expect(self.tryOnce(scene, from: 1) == .wrong) }
        #expect(self.tryOnce(scene, Self.right, from: 1) == .wait(30))
    }

    @Test("what was mistyped is forgiven once, however often the right one is said where there is no place")
    func forgivenOnce() throws {
        let scene = Scene(capacity: 1, door: .open, passcode: Self.right)
        _ = try scene.enter(as: 1, from: 900)
        for _ in 1...7 { #expect(self.tryOnce(scene, from: 1) == .wrong) }
        let (bram, _) = scene.comeToDoor(from: 1)
        for _ in 1...2 { #expect(self.answer(scene, Self.wrong, from: bram) == .wrong) }
        for _ in 1...4 {
            scene.say(.pass(.init(passcode: Passcode(unchecked: Self.right))), from: bram)
            let full = ServerMessage.session(.refused(.init(failure: .full(.init(capacity: 1)))))
            #expect(scene.heard(by: bram).last == full)
        }
        for _ in 1...3 { #expect(self.tryOnce(scene, from: 1) == .wrong) }
        #expect(self.tryOnce(scene, Self.right, from: 1) == .wait(30))
    }

    @Test("after a hundred from anywhere only networks that have somebody in, or knew it before, try as they like")
    func meeting() throws {
        let scene = Scene(passcode: Self.right)
        _ = try scene.enter(as: 1, from: 501)
        #expect(self.tryOnce(scene, Self.right, from: 502) == .passed)
        for network in 1...100 { #expect(self.tryOnce(scene, from: network) == .wrong) }
        // One for all others together.
        #expect(self.tryOnce(scene, from: 101) == .wrong)
        #expect(self.tryOnce(scene, Self.right, from: 102) == .wait(10))
        for network in [501, 502] { #expect(self.tryOnce(scene, Self.right, from: network) == .passed) }
        scene.now += .seconds(10)
        #expect(self.tryOnce(scene, Self.right, from: 102) == .passed)
        #expect(self.tryOnce(scene, Self.right, from: 103) == .wait(10))
        #expect(self.tryOnce(scene, Self.right, from: 102) == .passed)
        scene.now += .seconds(3_600)
        for network in 201...203 { #expect(self.tryOnce(scene, Self.right, from: network) == .passed) }
    }

    @Test("ten thousand guesses from many networks admit nobody, and those who are in or come back notice nothing")
    func many() throws {
        let scene = Scene(passcode: Self.right)
        let anna = try scene.enter(as: 1, from: 900)
        _ = scene.heard(by: anna.connection)
        var outcomes: [Answer] = []
        for number in 0..<10_000 {
            scene.now += .milliseconds(300)
            let guess = String(repeating: "\(number % 10)", count: 4) + String(number % 9_000 + 1_000)
            outcomes.append(self.tryOnce(scene, guess, from: number % 700))
        }
        #expect(!outcomes.contains(.passed) && !outcomes.contains(.ended))
        // 100 in each hour, and one every ten seconds.
        #expect(outcomes.count { $0 == .wrong } < 500)
        #expect(scene.heard(by: anna.connection).isEmpty && scene.room.population == 1)
        scene.drop(anna.connection)
        guard case .joined(let joined) = scene.resume(anna.joined.resume, from: 5).answer else { throw Scene.Refused() }
        #expect(joined.resumed)
    }

    @Test("whoever goes on while there is a pause is let go")
    func impatient() {
        let scene = Scene(passcode: Self.right)
        let (mallory, _) = scene.comeToDoor(from: 1)
        for _ in 1...20 { _ = self.answer(scene, Self.wrong, from: mallory) }
        #expect(scene.ended == [mallory])
    }

    @Test("a new passcode begins no new count, and nobody has shown that they know it")
    func changed() throws {
        let scene = Scene(passcode: Self.right)
        let host = GroupMember.Powers(mayEject: true, isCertified: true, isHost: true)
        let anna = try scene.enter(as: 1, host, from: 900)
        #expect(self.tryOnce(scene, Self.right, from: 901) == .passed)
        for network in 1...100 { _ = self.tryOnce(scene, from: network) }
        scene.say(.setPasscode(.init(passcode: Passcode(unchecked: "27182818"))), from: anna.connection)
        #expect(self.tryOnce(scene, "27182818", from: 901) == .passed)  // the one of all others
        #expect(self.tryOnce(scene, from: 1) == .wait(10))
        #expect(self.tryOnce(scene, "27182818", from: 901) == .passed)
    }

    @Test("tries are remembered while nobody is there, for an hour, and nothing of a network after that")
    func remembered() throws {
        let scene = Scene(passcode: Self.right)
        for _ in 1...10 { _ = self.tryOnce(scene, from: 1) }
        let (here, there) = (
            MeetingID(bytes: [UInt8](repeating: 1, count: 16)), MeetingID(bytes: [UInt8](repeating: 2, count: 16))
        )
        let key = [UInt8](repeating: 1, count: 32)
        var doors = Doors()
        doors.remember(DoorMemory(passcode: scene.room.passcode, networkKey: key), of: here)
        // Of a door of which there is nothing to remember nothing is.
        doors.remember(DoorMemory(passcode: PasscodeDesk(), networkKey: key), of: there)
        doors.expire(now: scene.now + .seconds(3_599))
        let door = try #require(doors[here])
        #expect(door.networkKey == key && doors.count == 1)
        scene.room = Room(invite: Scene.invite, capacity: 25, door: .waiting, passcode: door.passcode)
        #expect(self.tryOnce(scene, Self.right, from: 1) == .wait(30))
        doors.expire(now: scene.now + .seconds(3_600))
        // Then it is as the meeting was registered, and that is known elsewhere.
        #expect(doors.count == 0)
    }

    @Test("that a host asks for no passcode any more is remembered as well")
    func none() throws {
        let scene = Scene(passcode: Self.right)
        let host = GroupMember.Powers(mayEject: true, isCertified: true, isHost: true)
        let anna = try scene.enter(as: 1, host)
        scene.say(.setPasscode(.init()), from: anna.connection)
        let id = MeetingID(bytes: [UInt8](repeating: 1, count: 16))
        var doors = Doors()
        doors.remember(DoorMemory(passcode: scene.room.passcode), of: id)
        doors.expire(now: scene.now + Meetings.lifetime)
        #expect(doors[id]?.passcode.isChanged == true && doors[id]?.passcode.isRequired == false)
    }
}
