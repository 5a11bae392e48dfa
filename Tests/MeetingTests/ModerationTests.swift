import BeraadTesting
import Meeting
import Signalling
import Testing

/// Hosts and co-hosts say what others may send (`client.md` 2, person.* and sec.*).
@Suite("What others may send", .promise("P-029"))
struct ModerationTests {
    typealias Peer = (connection: ConnectionID, joined: SessionEvent.Joined)

    private static let host = GroupMember.Powers(
        mayEject: true, mayModerate: true, isCertified: true, isHost: true)
    private static let cohost = GroupMember.Powers(
        mayEject: true, mayModerate: true, isCertified: true, isHost: false)
    private static let acting = GroupMember.Powers(
        mayEject: true, mayModerate: true, isCertified: false, isHost: false)
    private static let refusal = ServerMessage.session(.refused(.init(failure: .invalidNow)))
    private static let mute = Permissions(microphone: false, camera: true, screen: true)

    private func stop(_ use: Permissions.Use, _ whom: Peer? = nil) -> RoomCommand {
        .stop(.init(participant: whom?.joined.participant, use: use))
    }

    private func allow(_ use: Permissions.Right, _ isAllowed: Bool, _ whom: Peer? = nil) -> RoomCommand {
        .allow(.init(participant: whom?.joined.participant, use: use, isAllowed: isAllowed))
    }

    private func may(_ who: Peer, _ may: Permissions) -> ServerMessage {
        .room(.participantMay(.init(participant: who.joined.participant, may: may)))
    }

    private func notAllowed(_ use: Permissions.Use) -> ServerMessage {
        .media(.failed(.init(failure: .notAllowed(.init(use: use)))))
    }

    private func stopped(_ use: Permissions.Use) -> ServerMessage { .media(.stopped(.init(use: use))) }

    private func withdrawn(_ number: UInt32) -> ServerMessage {
        .media(.withdrawn(.init(publication: PublicationID(number: number))))
    }

    /// Opens media and sends on these sections: 0 voice, 1 picture, 2 screen, 3 its sound.
    private func send(_ sections: [String], _ peer: Peer, in scene: Scene) {
        scene.say(.open(.desktop), from: peer.connection)
        for section in sections { scene.say(.publish(section), from: peer.connection) }
    }

    private func forget(_ peers: [Peer], in scene: Scene) {
        for peer in peers { _ = scene.heard(by: peer.connection) }
        scene.media = []
    }

    /// Whether somebody may begin with their voice now; it stops again.
    private func maySpeak(_ peer: Peer, in scene: Scene) -> Bool {
        self.forget([peer], in: scene)
        scene.say(.open(.desktop), from: peer.connection)
        scene.say(.publish("0"), from: peer.connection)
        let isRefused = scene.heard(by: peer.connection).contains(self.notAllowed(.microphone))
        scene.say(.withdraw("0"), from: peer.connection)
        return !isRefused
    }

    @Test("a host mutes one: the media plane is told first, then everybody, and the one muted hears that a host did it")
    func one() throws {
        let scene = Scene()
        let (anna, bram, chris) = (try scene.enter(as: 1, Self.host), try scene.enter(as: 2), try scene.enter(as: 3))
        self.send(["0", "1"], bram, in: scene)
        self.send(["0"], chris, in: scene)
        self.forget([anna, bram, chris], in: scene)
        let effects = scene.effects(of: self.stop(.microphone, bram), from: anna.connection)
        let all = [anna.connection, bram.connection, chris.connection]
        #expect(
            effects == [
                .media(.withdraw(PublicationNumber(rawValue: 1))), .tell(all, self.withdrawn(1)),
                .tell([bram.connection], self.stopped(.microphone)),
            ])
    }

    @Test("what was stopped may begin again, and what is not sent cannot be stopped")
    func again() throws {
        let scene = Scene()
        let (anna, bram) = (try scene.enter(as: 1, Self.host), try scene.enter(as: 2))
        self.send(["0"], bram, in: scene)
        scene.say(self.stop(.microphone, bram), from: anna.connection)
        self.forget([anna, bram], in: scene)
        scene.say(self.stop(.microphone, bram), from: anna.connection)
        #expect(scene.media.isEmpty && scene.heard(by: bram.connection).isEmpty)
        scene.say(.publish("0"), from: bram.connection)
        guard case .announce = scene.media.last else { throw Scene.Refused() }
        #expect(bram.joined.may == .atFirst && anna.joined.may == .all)
    }

    @Test("everybody is muted but hosts and co-hosts, all on the media plane before anybody hears of one")
    func everybody() throws {
        let scene = Scene()
        let (anna, bram) = (try scene.enter(as: 1, Self.host), try scene.enter(as: 2, Self.cohost))
        let (chris, dewi) = (try scene.enter(as: 3), try scene.enter(as: 4))
        for peer in [anna, bram, chris, dewi] { self.send(["0", "1"], peer, in: scene) }
        self.forget([anna, bram, chris, dewi], in: scene)
        let effects = scene.effects(of: self.stop(.microphone), from: bram.connection)
        #expect(
            effects.prefix(2) == [
                .media(.withdraw(PublicationNumber(rawValue: 5))), .media(.withdraw(PublicationNumber(rawValue: 7))),
            ])
        #expect(effects.dropFirst(2).allSatisfy { if case .tell = $0 { true } else { false } })
        let latest = try scene.enter(as: 5)
        let sent = latest.joined.participants.map { $0.publications.map(\.use) }
        #expect(sent == [[.microphone, .camera], [.microphone, .camera], [.camera], [.camera]])
    }

    @Test("a right that is taken stops at once and lets nothing begin; given back it lets, and switches nothing on")
    func taken() throws {
        let scene = Scene()
        let (anna, bram) = (try scene.enter(as: 1, Self.host), try scene.enter(as: 2))
        self.send(["0", "1"], bram, in: scene)
        self.forget([anna, bram], in: scene)
        scene.say(self.allow(.microphone, false, bram), from: anna.connection)
        #expect(scene.media == [.withdraw(PublicationNumber(rawValue: 1))])
        #expect(scene.heard(by: anna.connection) == [self.withdrawn(1), self.may(bram, Self.mute)])
        #expect(
            scene.heard(by: bram.connection) == [
                self.withdrawn(1), self.stopped(.microphone), self.may(bram, Self.mute),
            ])
        // The same word again changes nothing.
        scene.say(self.allow(.microphone, false, bram), from: anna.connection)
        #expect(scene.heard(by: bram.connection).isEmpty)
        scene.media = []
        scene.say(.publish("0"), from: bram.connection)
        #expect(scene.heard(by: bram.connection) == [self.notAllowed(.microphone)] && scene.media.isEmpty)
        // What is forbidden is that, and no connection; and what is sent already goes on.
        scene.say(.open(.desktop), from: bram.connection)
        scene.say(.publish("1"), from: bram.connection)
        guard case .announce(_, _, let mid) = scene.media.last else { throw Scene.Refused() }
        #expect(mid == Mid(unchecked: "1"))
        self.forget([anna, bram], in: scene)
        scene.say(self.allow(.microphone, true, bram), from: anna.connection)
        #expect(scene.media.isEmpty && scene.heard(by: bram.connection) == [self.may(bram, .atFirst)])
        scene.say(.publish("0"), from: bram.connection)
        guard case .announce = scene.media.last else { throw Scene.Refused() }
    }

    @Test("a screen goes with its sound")
    func screen() throws {
        let scene = Scene()
        let (anna, bram) = (try scene.enter(as: 1, Self.host), try scene.enter(as: 2))
        self.send(["0", "2", "3"], bram, in: scene)
        self.forget([anna, bram], in: scene)
        scene.say(self.stop(.screen, bram), from: anna.connection)
        #expect(
            scene.media == [
                .withdraw(PublicationNumber(rawValue: 2)), .withdraw(PublicationNumber(rawValue: 3)),
            ])
        let told = scene.heard(by: bram.connection)
        #expect(told == [self.withdrawn(2), self.withdrawn(3), self.stopped(.screen)], "once for both")
        scene.say(self.allow(.screen, false, bram), from: anna.connection)
        _ = scene.heard(by: bram.connection)
        for section in ["2", "3"] { scene.say(.publish(section), from: bram.connection) }
        #expect(scene.heard(by: bram.connection) == [self.notAllowed(.screen), self.notAllowed(.screen)])
    }

    @Test("whoever comes later may what everybody may; hosts may everything")
    func latecomers() throws {
        let scene = Scene()
        let (anna, bram) = (try scene.enter(as: 1, Self.host), try scene.enter(as: 2))
        scene.say(self.allow(.microphone, false), from: anna.connection)
        #expect(scene.heard(by: bram.connection) == [self.may(bram, Self.mute)])
        let (chris, dewi) = (try scene.enter(as: 3), try scene.enter(as: 4, Self.cohost))
        #expect(chris.joined.may == Self.mute && dewi.joined.may == .all)
        #expect(dewi.joined.participants.map(\.may) == [.all, Self.mute, Self.mute])
        #expect(!self.maySpeak(chris, in: scene) && self.maySpeak(dewi, in: scene))
        // One of them is called upon, and then it is everybody's turn.
        scene.say(self.allow(.microphone, true, chris), from: anna.connection)
        #expect(self.maySpeak(chris, in: scene) && !self.maySpeak(bram, in: scene))
        scene.say(self.allow(.microphone, true), from: anna.connection)
        #expect(self.maySpeak(bram, in: scene))
        #expect(try scene.enter(as: 5).joined.may == .atFirst)
    }

    @Test("what is said of everybody also counts for those of whom something else was said before")
    func overruled() throws {
        let scene = Scene()
        let (anna, bram, chris) = (try scene.enter(as: 1, Self.host), try scene.enter(as: 2), try scene.enter(as: 3))
        scene.say(self.allow(.microphone, false, bram), from: anna.connection)
        scene.say(self.allow(.microphone, false, chris), from: anna.connection)
        scene.say(.leave, from: chris.connection)
        scene.say(self.allow(.microphone, true), from: anna.connection)
        #expect(self.maySpeak(bram, in: scene))
        #expect(try scene.enter(as: 3).joined.may == .atFirst)
    }

    @Test("a guest, somebody at the door and a host who was put out say nothing of others")
    func refused() throws {
        let scene = Scene()
        let (anna, bram, chris) = (try scene.enter(as: 1, Self.host), try scene.enter(as: 2), try scene.enter(as: 3))
        let dewi = try scene.enter(as: 4, Self.cohost)
        self.send(["0"], chris, in: scene)
        scene.say(.eject(.init(participant: dewi.joined.participant, block: false)), from: anna.connection)
        let (waiting, _) = scene.comeToDoor()
        self.forget([anna, bram, chris, dewi], in: scene)
        for connection in [bram.connection, waiting, dewi.connection] {
            for command in [
                self.stop(.microphone, chris), self.stop(.microphone), self.allow(.camera, false, chris),
                self.allow(.camera, false),
            ] {
                scene.say(command, from: connection)
                #expect(scene.heard(by: connection) == [Self.refusal])
            }
        }
        #expect(scene.media.isEmpty && scene.heard(by: chris.connection).isEmpty)
    }

    @Test("whoever may put people out and has no right to moderate says nothing of what they send")
    func otherRight() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, .init(mayEject: true, isCertified: true, isHost: false))
        let bram = try scene.enter(as: 2)
        scene.say(self.stop(.microphone, bram), from: anna.connection)
        #expect(scene.heard(by: anna.connection).last == Self.refusal)
    }

    @Test("a co-host stands over guests, not over hosts and co-hosts; a host over all of them; nobody over themselves")
    func rank() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let (bram, chris) = (try scene.enter(as: 2, Self.cohost), try scene.enter(as: 3, Self.cohost))
        let dewi = try scene.enter(as: 4)
        for peer in [anna, bram, chris, dewi] { self.send(["0"], peer, in: scene) }
        for (who, whom) in [(bram, anna), (bram, chris), (bram, bram), (anna, anna)] as [(Peer, Peer)] {
            for command in [self.stop(.microphone, whom), self.allow(.microphone, false, whom)] {
                self.forget([who], in: scene)
                scene.say(command, from: who.connection)
                #expect(scene.heard(by: who.connection) == [Self.refusal] && scene.media.isEmpty)
            }
        }
        scene.say(self.stop(.microphone, dewi), from: bram.connection)
        #expect(scene.media.count == 1)
        scene.say(self.allow(.microphone, false, bram), from: anna.connection)
        #expect(scene.media.count == 2)
        // And what was taken one gives oneself back as little.
        _ = scene.heard(by: bram.connection)
        scene.say(self.allow(.microphone, true, bram), from: bram.connection)
        scene.say(self.allow(.microphone, true), from: bram.connection)
        #expect(!self.maySpeak(bram, in: scene))
    }

    @Test("whoever stands in for a host may, without silencing themselves, and no longer when a host is back")
    func standIn() throws {
        let scene = Scene()
        let (anna, bram) = (try scene.enter(as: 1, Self.acting), try scene.enter(as: 2))
        for peer in [anna, bram] { self.send(["0"], peer, in: scene) }
        self.forget([anna, bram], in: scene)
        scene.say(self.allow(.microphone, false), from: anna.connection)
        #expect(scene.media == [.withdraw(PublicationNumber(rawValue: 2))])
        // A host is there: what is said of everybody is said of whoever stood in.
        self.forget([anna, bram], in: scene)
        scene.change(1, to: .none)
        #expect(scene.media == [.withdraw(PublicationNumber(rawValue: 1))])
        #expect(
            scene.heard(by: anna.connection) == [
                self.withdrawn(1), self.stopped(.microphone), self.may(anna, Self.mute),
            ])
        scene.change(1, to: Self.cohost)
        #expect(scene.heard(by: anna.connection) == [self.may(anna, .all)])
    }
}
