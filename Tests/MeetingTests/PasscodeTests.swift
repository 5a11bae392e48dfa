import BeraadTesting
import Meeting
import Signalling
import Testing

/// The passcode at the door, as the room knows it.
@Suite("The passcode at the door", .promise("P-025"))
struct PasscodeTests {
    private static let host = GroupMember.Powers(mayEject: true, isCertified: true, isHost: true)
    private static let passed = ServerMessage.session(.passed)
    private static let wrong = ServerMessage.session(.refused(.init(failure: .passcode)))

    private func scene(door: Room.Door = .waiting) -> Scene { Scene(door: door, passcode: "83914207") }

    private func pass(_ text: String) -> SessionCommand { .pass(.init(passcode: Passcode(unchecked: text))) }

    private func answer(_ scene: Scene, _ text: String, from connection: ConnectionID) -> ServerMessage? {
        scene.say(self.pass(text), from: connection)
        return scene.heard(by: connection).last
    }

    @Test("whoever has the link owes the passcode until they say it, and may mistype it")
    func rightAndWrong() {
        let scene = self.scene()
        let (anna, answer) = scene.comeToDoor()
        #expect(answer == .atDoor(.init(owesPasscode: true)) && scene.owing == [anna])
        #expect(self.answer(scene, "83914208", from: anna) == Self.wrong && scene.owing == [anna])
        #expect(self.answer(scene, "8391420", from: anna) == Self.wrong && scene.owing == [anna])
        #expect(self.answer(scene, "83914207", from: anna) == Self.passed && scene.owing.isEmpty)
        // Nothing is owed any more, so nothing is looked at.
        #expect(self.answer(scene, "00000000", from: anna) == Self.passed)
    }

    @Test("before the link is shown a passcode is no word, whether it is right or there is none")
    func beforeTheDoor() {
        for scene in [self.scene(), Scene()] {
            let stranger = scene.connect()
            let answer = self.answer(scene, "83914207", from: stranger)
            #expect(answer == .session(.refused(.init(failure: .invalidNow))))
            #expect(scene.atDoor.isEmpty)
        }
        let scene = self.scene()
        let other = InviteID(bytes: [UInt8](repeating: 2, count: 16))
        #expect(scene.comeToDoor(invite: other).answer == .refused(.init(failure: .unknown)))
    }

    @Test("a certificate or a leaf settles it, and so does the token of a seat")
    func settled() throws {
        let scene = self.scene()
        let (anna, _) = scene.comeToDoor()
        scene.noteSettled(anna)
        #expect(scene.heard(by: anna) == [Self.passed] && scene.owing.isEmpty)
        scene.noteSettled(anna)
        #expect(scene.heard(by: anna).isEmpty)
        let bram = try scene.enter(as: 2)
        #expect(bram.joined.requiresPasscode)
        scene.drop(bram.connection)
        let (again, answer) = scene.resume(bram.joined.resume)
        guard case .joined(let joined) = answer else { throw Scene.Refused() }
        #expect(joined.resumed && scene.owing.isEmpty && scene.atDoor[again] == .waits)
    }

    @Test("an open door that is full says so only to whoever knows the passcode")
    func full() throws {
        let scene = Scene(capacity: 1, door: .open, passcode: "83914207")
        _ = try scene.enter(as: 1)
        let (bram, answer) = scene.comeToDoor()
        #expect(answer == .atDoor(.init(owesPasscode: true)))
        #expect(self.answer(scene, "11111111", from: bram) == Self.wrong)
        let full = ServerMessage.session(.refused(.init(failure: .full(.init(capacity: 1)))))
        #expect(self.answer(scene, "83914207", from: bram) == full && scene.owing == [bram])
    }

    @Test("those who owe take no place of those who wait for the host")
    func places() {
        let scene = self.scene()
        let waiting = scene.comeToDoor(from: 1).connection
        #expect(self.answer(scene, "83914207", from: waiting) == Self.passed)
        for network in 2...5 {
            for _ in 0..<64 {
                scene.now += .milliseconds(1)
                _ = scene.comeToDoor(from: network)
            }
        }
        #expect(scene.owing.count == 256 && scene.ended.isEmpty)
        #expect(scene.comeToDoor(from: 2).answer == .refused(.init(failure: .busy(.init(retrySeconds: 10)))))
        #expect(scene.comeToDoor(from: 9).answer == .atDoor(.init(owesPasscode: true)))
        #expect(scene.ended.count == 1 && scene.room.isAtDoor(waiting))
    }

    @Test("whoever may put out sets another passcode or none; everybody in hears which, and nobody hears the passcode")
    func another() throws {
        let scene = self.scene()
        let anna = try scene.enter(as: 1, Self.host)
        let bram = try scene.enter(as: 2)
        let (chris, _) = scene.comeToDoor()
        for connection in [anna.connection, bram.connection] { _ = scene.heard(by: connection) }
        scene.say(.setPasscode(.init(passcode: Passcode(unchecked: "27182818"))), from: bram.connection)
        #expect(scene.heard(by: bram.connection) == [.session(.refused(.init(failure: .invalidNow)))])
        scene.say(.setPasscode(.init(passcode: Passcode(unchecked: "27182818"))), from: anna.connection)
        let news = [ServerMessage.room(.passcodeChanged(.init(isRequired: true)))]
        #expect(scene.heard(by: anna.connection) == news && scene.heard(by: bram.connection) == news)
        #expect(scene.heard(by: chris).isEmpty)
        #expect(self.answer(scene, "83914207", from: chris) == Self.wrong)
        #expect(self.answer(scene, "27182818", from: chris) == Self.passed)
        let (dora, _) = scene.comeToDoor()
        scene.say(.setPasscode(.init()), from: anna.connection)
        #expect(scene.heard(by: bram.connection) == [.room(.passcodeChanged(.init(isRequired: false)))])
        #expect(scene.heard(by: dora) == [Self.passed] && scene.owing.isEmpty)
        #expect(scene.comeToDoor().answer == .atDoor(.init(owesPasscode: false)))
        #expect(scene.passcodeChanges == 2, "whoever keeps it hears of each, and of no wish that was refused")
    }

    @Test("one that a host sets is kept as the registered one is, under the meeting's own key")
    func kept() throws {
        let keys = PasscodeKeys(installationSecret: [UInt8](repeating: 7, count: 32))
        let id = MeetingID(bytes: [UInt8](repeating: 5, count: 16))
        let scene = Scene()
        scene.room = Room(
            invite: Scene.invite, capacity: 25, door: .waiting, passcode: PasscodeDesk(key: keys.key(of: id)))
        let anna = try scene.enter(as: 1, Self.host)
        let passcode = Passcode(unchecked: "27182818")
        scene.say(.setPasscode(.init(passcode: passcode)), from: anna.connection)
        let mark = try #require(scene.room.passcode.mark)
        #expect(mark.matches(passcode))
        #expect(keys.hash(of: mark, in: id) == keys.hash(passcode, of: id))
        #expect(keys.hash(of: mark, in: MeetingID(bytes: [UInt8](repeating: 6, count: 16))) == nil)
        scene.say(.setPasscode(.init()), from: anna.connection)
        #expect(scene.room.passcode.mark == nil)
    }

    @Test("a passcode is changed six times at once, and then slowly")
    func changesInTime() throws {
        let scene = self.scene()
        let anna = try scene.enter(as: 1, Self.host)
        _ = scene.heard(by: anna.connection)
        for _ in 0..<7 { scene.say(.setPasscode(.init()), from: anna.connection) }
        let heard = scene.heard(by: anna.connection)
        #expect(heard.count == 7)
        #expect(heard.last == .session(.refused(.init(failure: .tooFast(.init(retrySeconds: 10))))))
    }

    @Test("of a passcode its mark alone is kept, which is another one each time")
    func mark() throws {
        var generator = SeededGenerator(seed: 4)
        let passcode = try #require(Passcode("83914207"))
        let (first, second) = (
            PasscodeMark(passcode, using: &generator), PasscodeMark(passcode, using: &generator)
        )
        #expect(first != second && first.matches(passcode) && second.matches(passcode))
        #expect(!first.matches(try #require(Passcode("83914206"))))
        #expect(PasscodeMark(bytes: first.bytes) == first)
        #expect(PasscodeMark(bytes: Array(first.bytes.dropLast())) == nil)
        #expect("\(first)" == "{REDACTED}")
    }
}
