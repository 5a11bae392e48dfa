import Meeting
import Signalling
import Testing

/// A link that was renewed in the group (`e2ee.md` 3.1): the server hears which proof newcomers show.
@Suite("The link was renewed")
struct RenewTests {
    private static let host = GroupMember.Powers(mayEject: true, isCertified: true, isHost: true)
    private static let refusal = ServerMessage.session(.refused(.init(failure: .invalidNow)))

    private func invite(_ number: UInt8) -> InviteID { InviteID(bytes: [UInt8](repeating: number, count: 16)) }

    private func renew(_ number: UInt8) -> RoomCommand { .renew(.init(invite: self.invite(number))) }

    /// How far somebody comes with an invite.
    private func gate(_ number: UInt8, _ scene: Scene) -> DeliveryGate? {
        let connection = scene.comeToDoor(invite: self.invite(number)).connection
        return scene.atDoor[connection]
    }

    @Test("with the new link one comes to the door, with the old one too, and with none nobody does")
    func door() throws {
        let scene = Scene()
        let host = try scene.enter(as: 1, Self.host)
        scene.say(self.renew(2), from: host.connection)
        #expect(scene.heard(by: host.connection) == [])
        for number in [2, 1] as [UInt8] {
            let (connection, answer) = scene.comeToDoor(invite: self.invite(number))
            #expect(answer == .atDoor(.init(owesPasscode: false)) && scene.atDoor[connection] == .waits)
        }
        guard case .refused = scene.comeToDoor(invite: self.invite(3)).answer else { throw Scene.Refused() }
    }

    @Test("behind an open door the old link only knocks")
    func openDoor() throws {
        let scene = Scene(door: .open)
        let host = try scene.enter(as: 1, Self.host)
        scene.say(self.renew(2), from: host.connection)
        #expect(self.gate(2, scene) == .joins)
        #expect(self.gate(1, scene) == .waits)
        // The same again changes nothing, and an old one that is in force again is an old one no more.
        scene.say(self.renew(2), from: host.connection)
        #expect(self.gate(2, scene) == .joins)
        scene.say(self.renew(1), from: host.connection)
        #expect(self.gate(1, scene) == .joins)
        #expect(self.gate(2, scene) == .waits)
    }

    @Test("eight links of before are known, and no more; that of the invitation always is")
    func bounded() throws {
        let scene = Scene()
        let host = try scene.enter(as: 1, Self.host)
        for number in 2...11 as ClosedRange<UInt8> {
            scene.say(self.renew(number), from: host.connection)
            scene.pass(.seconds(60))
        }
        #expect(self.gate(11, scene) == .waits)
        for number in [10, 3, 1] as [UInt8] {
            let answer = scene.comeToDoor(invite: self.invite(number)).answer
            #expect(answer == .atDoor(.init(owesPasscode: false)), "\(number)")
        }
        guard case .refused = scene.comeToDoor(invite: self.invite(2)).answer else { throw Scene.Refused() }
    }

    @Test("a co-host who says false words, however many, makes neither the invitation's link nor a host's worthless")
    func falseWords() throws {
        let scene = Scene()
        let host = try scene.enter(as: 1, Self.host)
        let cohost = try scene.enter(as: 2, .init(mayEject: true, isCertified: true, isHost: false))
        scene.say(self.renew(2), from: host.connection)
        _ = scene.heard(by: cohost.connection)
        for number in 11...19 as ClosedRange<UInt8> { scene.say(self.renew(number), from: cohost.connection) }
        // Three at once, and then one a minute.
        let refused = scene.heard(by: cohost.connection)
        #expect(refused.count == 6)
        for message in refused {
            guard case .session(.refused(let refusal)) = message, case .tooFast = refusal.failure else {
                throw Scene.Refused()
            }
        }
        #expect(self.gate(1, scene) == .waits && self.gate(2, scene) == .waits)
        // The host's own word counts as it did, and to say it again costs nothing.
        for _ in 1...5 { scene.say(self.renew(2), from: host.connection) }
        #expect(scene.heard(by: host.connection).allSatisfy { if case .session(.refused) = $0 { false } else { true } })
        for number in 21...29 as ClosedRange<UInt8> {
            scene.pass(.seconds(60))
            scene.say(self.renew(number), from: cohost.connection)
        }
        for number in [1, 2] as [UInt8] {
            let answer = scene.comeToDoor(invite: self.invite(number)).answer
            #expect(answer == .atDoor(.init(owesPasscode: false)), "\(number)")
        }
    }

    @Test("a guest renews nothing, nor does a host who was put out, nor somebody before the door")
    func others() throws {
        let scene = Scene()
        let host = try scene.enter(as: 1, Self.host)
        let cohost = try scene.enter(as: 2, .init(mayEject: true, isCertified: true, isHost: false))
        let guest = try scene.enter(as: 3)
        let stranger = scene.connect()
        scene.say(.eject(.init(participant: cohost.joined.participant, block: false)), from: host.connection)
        for connection in [cohost.connection, guest.connection, stranger] {
            _ = scene.heard(by: connection)
            scene.say(self.renew(2), from: connection)
            #expect(scene.heard(by: connection).last == Self.refusal)
        }
        guard case .refused = scene.comeToDoor(invite: self.invite(2)).answer else { throw Scene.Refused() }
    }
}
