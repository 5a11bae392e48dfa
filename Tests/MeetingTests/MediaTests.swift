import Meeting
import Signalling
import Testing

@Suite("Media of a meeting")
struct MediaTests {
    @Test("an offer that holds together reaches the media plane, and its answer reaches the client")
    func opening() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        scene.say(.open(.desktop), from: anna.connection)
        let endpoint = try scene.endpoint()
        scene.report(
            .opened(
                endpoint,
                MediaReport.Opening(
                    credentials: .init(ufrag: "serv", pwd: String(repeating: "y", count: 24)),
                    fingerprint: [String](repeating: "CD", count: 32).joined(separator: ":"), cname: "c",
                    candidates: [.init(transport: .udp, address: "127.0.0.1", port: 7_700)], slots: [])))
        guard case .media(.opened(let answer)) = scene.heard(by: anna.connection).last else {
            Issue.record("no answer")
            return
        }
        #expect(answer.audio.pts == [111])
        #expect(answer.video.pts == [96])
        #expect(answer.limits.videoSlots == 25)
        #expect(!answer.levels)
    }

    @Test("nobody opens media before joining")
    func beforeJoining() {
        let scene = Scene()
        let connection = scene.connect()
        scene.say(.open(.desktop), from: connection)
        #expect(scene.media == [])
        #expect(scene.heard(by: connection) == [.session(.refused(.init(failure: .invalidNow)))])
    }

    @Test("everybody learns of a publication, its owner too, and mute withdraws it under the same id")
    func publishing() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        let bram = try scene.enter(as: 2)
        scene.say(.open(.desktop), from: anna.connection)
        let endpoint = try scene.endpoint()
        _ = scene.heard(by: anna.connection)
        _ = scene.heard(by: bram.connection)

        scene.say(.publish("1"), from: anna.connection)
        let first = PublicationID(number: 1)
        let published = ServerMessage.media(
            .published(.init(publication: first, participant: anna.joined.participant, use: .camera)))
        #expect(scene.heard(by: anna.connection) == [published])
        #expect(scene.heard(by: bram.connection) == [published])
        #expect(scene.media.last == .announce(endpoint, PublicationNumber(rawValue: 1), mid: Mid(unchecked: "1")))

        scene.say(.withdraw("1"), from: anna.connection)
        #expect(scene.heard(by: bram.connection) == [.media(.withdrawn(.init(publication: first)))])
        scene.say(.publish("0"), from: anna.connection)
        scene.say(.publish("1"), from: anna.connection)
        #expect(scene.heard(by: bram.connection).last == published)
    }

    @Test("who comes later sees what is being sent")
    func latecomer() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        scene.say(.open(.desktop), from: anna.connection)
        scene.say(.publish("0"), from: anna.connection)
        let bram = try scene.enter(as: 2)
        #expect(
            bram.joined.participants.first?.publications == [
                Publication(publication: PublicationID(number: 1), use: .microphone)
            ])
    }

    @Test("a slot, an unknown section and a section published twice are no publications")
    func notPublished() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        scene.say(.open(.desktop), from: anna.connection)
        scene.media = []
        scene.say(.publish("4"), from: anna.connection)
        scene.say(.publish("zz"), from: anna.connection)
        #expect(scene.media == [])
        scene.say(.publish("0"), from: anna.connection)
        scene.say(.publish("0"), from: anna.connection)
        #expect(scene.media.count == 1)
    }

    @Test("the sound of a screen begins with the screen, and no sooner")
    func soundOfScreen() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        scene.say(.open(.desktop), from: anna.connection)
        let endpoint = try scene.endpoint()
        scene.media = []
        _ = scene.heard(by: anna.connection)
        scene.say(.publish("3"), from: anna.connection)
        #expect(scene.media == [])
        #expect(scene.heard(by: anna.connection) == [.session(.refused(.init(failure: .invalidNow)))])
        scene.say(.publish("2"), from: anna.connection)
        scene.say(.publish("3"), from: anna.connection)
        #expect(
            scene.media == [
                .announce(endpoint, PublicationNumber(rawValue: 1), mid: Mid(unchecked: "2")),
                .announce(endpoint, PublicationNumber(rawValue: 2), mid: Mid(unchecked: "3")),
            ])
    }

    @Test("the sound of a screen ends with the screen, and the screen goes on without it")
    func soundEnds() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        let bram = try scene.enter(as: 2)
        scene.say(.open(.desktop), from: anna.connection)
        for mid in ["0", "2", "3"] { scene.say(.publish(mid), from: anna.connection) }
        let (screen, sound) = (PublicationNumber(rawValue: 2), PublicationNumber(rawValue: 3))
        scene.media = []
        scene.say(.withdraw("3"), from: anna.connection)
        #expect(scene.media == [.withdraw(sound)])
        scene.say(.publish("3"), from: anna.connection)
        _ = scene.heard(by: bram.connection)
        scene.media = []
        scene.say(.withdraw("2"), from: anna.connection)
        #expect(scene.media == [.withdraw(screen), .withdraw(sound)])
        #expect(
            scene.heard(by: bram.connection) == [
                .media(.withdrawn(.init(publication: screen.id))), .media(.withdrawn(.init(publication: sound.id))),
            ])
        let chris = try scene.enter(as: 3)
        #expect(chris.joined.participants.first?.publications.map(\.use) == [.microphone])
    }

    @Test("wishes for sound, for what is gone and for height 0 are left out")
    func wishes() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        let bram = try scene.enter(as: 2)
        scene.say(.open(.desktop), from: anna.connection)
        scene.say(.publish("0"), from: anna.connection)
        scene.say(.publish("1"), from: anna.connection)
        scene.say(.publish("2"), from: anna.connection)
        scene.say(.open(.desktop), from: bram.connection)
        let endpoint = try scene.endpoint()
        let items = [1, 2, 3, 9].map {
            MediaCommand.WantItem(publication: PublicationID(number: $0), height: $0 == 3 ? 0 : 360, rank: 0)
        }
        scene.say(.want(.init(generation: 1, items: items)), from: bram.connection)
        let wish = MediaInstruction.Wish(publication: PublicationNumber(rawValue: 2), height: 360, rank: 0)
        #expect(scene.media.last == .want(endpoint, [wish]))
    }

    @Test("a media connection that ended takes its publications with it, and the owner is told to open anew")
    func ended() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        let bram = try scene.enter(as: 2)
        scene.say(.open(.desktop), from: anna.connection)
        scene.say(.publish("1"), from: anna.connection)
        _ = scene.heard(by: bram.connection)
        scene.report(.ended(try scene.endpoint(), .timedOut))
        #expect(scene.heard(by: bram.connection) == [.media(.withdrawn(.init(publication: PublicationID(number: 1))))])
        #expect(scene.heard(by: anna.connection).last == .media(.closed(.init(reason: .timedOut))))
        let credentials = MediaCommand.Credentials(ufrag: "efgh", pwd: String(repeating: "z", count: 22))
        scene.say(.restart(credentials), from: anna.connection)
        #expect(scene.heard(by: anna.connection) == [.media(.closed(.init(reason: .timedOut)))])
    }

    @Test("an ICE restart goes to the media plane and back")
    func restart() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        scene.say(.open(.desktop), from: anna.connection)
        let endpoint = try scene.endpoint()
        let credentials = MediaCommand.Credentials(ufrag: "efgh", pwd: String(repeating: "z", count: 22))
        scene.say(.restart(credentials), from: anna.connection)
        #expect(scene.media.last == .restart(endpoint, credentials))
        scene.report(.restarted(endpoint, credentials))
        #expect(scene.heard(by: anna.connection).last == .media(.restarted(credentials)))
    }

    @Test("opening a second time closes the first connection and its publications")
    func reopening() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        scene.say(.open(.desktop), from: anna.connection)
        let first = try scene.endpoint()
        scene.say(.publish("1"), from: anna.connection)
        scene.media = []
        scene.say(.open(.desktop), from: anna.connection)
        #expect(scene.media.prefix(2) == [.withdraw(PublicationNumber(rawValue: 1)), .close(first)])
        scene.report(.ended(first, .asked))
        scene.say(.publish("1"), from: anna.connection)
        #expect(
            scene.media.last
                == .announce(try scene.endpoint(), PublicationNumber(rawValue: 1), mid: Mid(unchecked: "1")))
    }
}
