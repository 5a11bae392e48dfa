import Forwarding
import MediaCore
import Testing

@Suite("Who sees whom: publications in fixed slots")
struct SlotTests {
    @Test("everybody hears every announced microphone but their own, without asking")
    func microphones() {
        let stage = TestStage()
        let alice = stage.join(), bob = stage.join()
        let voice = stage.announce(.audio, of: alice)
        #expect(stage.shown(by: bob)[0] == voice)
        #expect(stage.shown(by: alice).allSatisfy { $0 == nil })

        stage.audio(7, from: alice)
        #expect(stage.take(bob).map(\.stream) == [0])
        #expect(stage.take(alice).isEmpty)
    }

    @Test("a camera is shown only to those who want it, and starts with a key frame")
    func camera() {
        let stage = TestStage()
        let alice = stage.join(), bob = stage.join(), carol = stage.join()
        let picture = stage.announce(.video, of: alice)
        stage.want([picture], by: bob)
        stage.video(1, frame: 1, from: alice)
        #expect(stage.take(bob).isEmpty)

        stage.video(2, frame: 2, key: true, from: alice)
        stage.video(3, frame: 3, from: alice)
        #expect(stage.take(bob).map(\.sequence) == [1_000, 1_001])
        #expect(stage.take(carol).isEmpty)
        #expect(stage.shown(by: carol).allSatisfy { $0 == nil })
    }

    @Test("a wanted publication keeps its slot when the list changes around it")
    func keepsSlot() {
        let stage = TestStage()
        let viewer = stage.join(audio: 0, video: 3)
        let pictures = (0..<5).map { _ in stage.announce(.video, of: stage.join()) }
        stage.want(Array(pictures[0...2]), by: viewer)
        let before = stage.shown(by: viewer)
        stage.pass(1_000)
        stage.want([pictures[4], pictures[1], pictures[3]], by: viewer)
        let after = stage.shown(by: viewer)
        #expect(before.firstIndex(of: pictures[1]) == after.firstIndex(of: pictures[1]))
        #expect(Set(after) == [pictures[1], pictures[3], pictures[4]])
    }

    @Test("the least recently useful slot is reused")
    func leastRecentlyUseful() {
        let stage = TestStage()
        let viewer = stage.join(audio: 0, video: 3)
        let pictures = (0..<4).map { _ in stage.announce(.video, of: stage.join()) }
        stage.want(Array(pictures[0...2]), by: viewer)
        let places = stage.shown(by: viewer)
        stage.pass(1_000)
        stage.want([pictures[0], pictures[2]], by: viewer)
        stage.pass(1_000)
        stage.want([pictures[2]], by: viewer)
        stage.want([pictures[2], pictures[3]], by: viewer)
        #expect(stage.shown(by: viewer).firstIndex(of: pictures[3]) == places.firstIndex(of: pictures[1]))
    }

    @Test("a slot is not filled again within 300 ms, and is filled as soon as they are over")
    func refillPause() {
        let stage = TestStage()
        let viewer = stage.join(audio: 0, video: 1)
        let first = stage.announce(.video, of: stage.join()), second = stage.announce(.video, of: stage.join())
        stage.want([first], by: viewer)
        stage.pass(100)
        stage.want([second], by: viewer)
        #expect(stage.shown(by: viewer) == [nil])
        stage.pass(199)
        #expect(stage.shown(by: viewer) == [nil])
        stage.pass(1)
        #expect(stage.shown(by: viewer) == [second])
    }

    @Test("voice and camera of one person share a pair, in whichever order they come")
    func pairs() {
        let stage = TestStage()
        let viewer = stage.join(audio: 4, video: 4)
        let people = (0..<4).map { _ in stage.join(audio: 0, video: 0) }
        let early = stage.announce(.video, of: people[3])
        stage.want([early], by: viewer)
        let voices = people.map { stage.announce(.audio, of: $0) }
        let others = people.dropLast().map { stage.announce(.video, of: $0) }
        stage.want([early] + others.reversed(), by: viewer)
        let shown = stage.shown(by: viewer)
        let pictures = others + [early]
        for (voice, picture) in zip(voices, pictures) {
            let place = shown.firstIndex(of: voice)
            #expect(place != nil && shown.firstIndex(of: picture) == place.map { $0 + 4 })
        }
    }

    @Test("a camera that comes back after a mute takes its own slot again")
    func comesBack() {
        let stage = TestStage()
        let viewer = stage.join(audio: 0, video: 3), speaker = stage.join()
        let others = (0..<2).map { _ in stage.announce(.video, of: stage.join()) }
        let picture = PublicationID(rawValue: 77)
        _ = stage.room.announce(picture, of: speaker, section: 1, kind: .video, now: stage.now)
        stage.want(others + [picture], by: viewer)
        let place = stage.shown(by: viewer).firstIndex(of: picture)
        stage.pass(1_000)
        stage.room.withdraw(picture, now: stage.now, slab: &stage.slab)
        #expect(!stage.shown(by: viewer).contains(picture))
        stage.pass(10_000)
        _ = stage.room.announce(picture, of: speaker, section: 1, kind: .video, now: stage.now)
        #expect(stage.shown(by: viewer).firstIndex(of: picture) == place)
    }

    @Test("each change of a member's slots is told once, with a rising generation")
    func generations() {
        let stage = TestStage()
        let viewer = stage.join()
        let voices = (0..<3).map { _ in stage.announce(.audio, of: stage.join()) }
        #expect(stage.takeTold().filter { $0 == .assigned(viewer) }.count == 1)
        #expect(stage.room.assignments(of: viewer)?.generation == 1)
        stage.room.withdraw(voices[0], now: stage.now, slab: &stage.slab)
        #expect(stage.takeTold().filter { $0 == .assigned(viewer) }.count == 1)
        #expect(stage.room.assignments(of: viewer)?.generation == 2)
        #expect(stage.takeTold().isEmpty)
    }

    @Test(
        "three hundred people join: eight voices and twenty-five pictures each, no more, and all leave without a trace")
    func threeHundred() {
        let stage = TestStage()
        var people: [MemberHandle] = []
        var pictures: [PublicationID] = []
        for _ in 0..<300 {
            let person = stage.join()
            people.append(person)
            stage.announce(.audio, of: person)
            pictures.append(stage.announce(.video, of: person))
            stage.want(Array(pictures.suffix(30)), by: person)
        }
        for person in people {
            let shown = stage.shown(by: person)
            #expect(shown.prefix(8).allSatisfy { $0 != nil })
            #expect(Set(shown.compactMap { $0 }).count == shown.compactMap { $0 }.count)
        }
        for person in people {
            stage.audio(1, from: person)
            stage.video(1, key: true, from: person)
        }
        stage.flush()
        for person in people { stage.room.leave(person, now: stage.now, slab: &stage.slab) }
        #expect(stage.room.memberCount == 0)
        #expect(stage.slab.used == 0)
    }

    @Test("when more microphones than slots are open, a freed slot goes to one that was not heard")
    func ninthMicrophone() {
        let stage = TestStage()
        let listener = stage.join(audio: 2, video: 0)
        let voices = (0..<3).map { _ in stage.announce(.audio, of: stage.join()) }
        #expect(stage.shown(by: listener) == [voices[0], voices[1]])
        stage.pass(1_000)
        stage.room.withdraw(voices[0], now: stage.now, slab: &stage.slab)
        #expect(stage.shown(by: listener) == [voices[2], voices[1]])
    }
}
