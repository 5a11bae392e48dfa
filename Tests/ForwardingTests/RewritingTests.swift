import BeraadTesting
import Forwarding
import MediaCore
import Testing

@Suite("One unbroken stream per slot")
struct RewritingTests {
    private func viewerOfTwo() -> (TestStage, viewer: MemberHandle, people: [MemberHandle], pictures: [PublicationID]) {
        let stage = TestStage()
        let viewer = stage.join(audio: 0, video: 1)
        let people = [stage.join(), stage.join()]
        return (stage, viewer, people, people.map { stage.announce(.video, of: $0) })
    }

    @Test("losses of the publisher stay holes, so that a late packet still has its number")
    func holes() {
        let (stage, viewer, people, pictures) = self.viewerOfTwo()
        stage.want([pictures[0]], by: viewer)
        stage.video(50_000, frame: 1, key: true, from: people[0])
        stage.video(50_003, frame: 2, from: people[0])
        #expect(stage.take(viewer).map(\.sequence) == [1_000, 1_003])
        stage.video(50_001, frame: 1, from: people[0])
        #expect(stage.take(viewer).map(\.sequence) == [1_001])
    }

    @Test("a packet that came as original and as retransmission is forwarded once")
    func twice() {
        let (stage, viewer, people, pictures) = self.viewerOfTwo()
        stage.want([pictures[0]], by: viewer)
        stage.video(9, key: true, from: people[0])
        stage.video(10, from: people[0])
        stage.video(10, from: people[0])
        stage.video(9, key: true, from: people[0])
        #expect(stage.take(viewer).map(\.sequence) == [1_000, 1_001])
        #expect(stage.room.statistics.repeated == 2)
    }

    @Test("packets without payload leave no hole, and what came before them late keeps its number")
    func padding() {
        let (stage, viewer, people, pictures) = self.viewerOfTwo()
        stage.want([pictures[0]], by: viewer)
        stage.video(9, key: true, from: people[0])
        var empty = MediaPacket()
        empty.stream = 1
        empty.codec = .vp8
        empty.sequence = 11
        stage.ingest(empty, from: people[0])
        stage.video(12, from: people[0])
        stage.video(10, from: people[0])
        #expect(stage.take(viewer).map(\.sequence) == [1_000, 1_002, 1_001])
    }

    @Test("a refilled slot goes on where it was: numbers, time, picture id and TL0PICIDX")
    func refill() {
        let (stage, viewer, people, pictures) = self.viewerOfTwo()
        stage.want([pictures[0]], by: viewer)
        stage.video(500, frame: 100, key: true, from: people[0])
        stage.video(501, frame: 101, from: people[0])
        let before = stage.take(viewer)
        #expect(before.allSatisfy { !$0.patch.applies })
        stage.pass(400)
        stage.want([pictures[1]], by: viewer)
        stage.video(80_000, frame: 9_000, from: people[1])
        stage.video(80_001, frame: 9_001, key: true, from: people[1])
        stage.video(80_002, frame: 9_002, from: people[1])
        let after = stage.take(viewer)
        #expect(after.map(\.sequence) == [1_002, 1_003])
        #expect(after.map(\.patch.pictureID) == [102, 103])
        #expect(after.map(\.patch.tl0PictureIndex) == [102, 103])
        #expect(after.allSatisfy { $0.patch.applies })
        #expect(after[0].timestamp == before[1].timestamp &+ 400 * 90)
        #expect(after[1].timestamp == after[0].timestamp &+ 3_000)
    }

    @Test("a picture cut off before its end leaves one number out, so that it looks incomplete")
    func cutOff() {
        let (stage, viewer, people, pictures) = self.viewerOfTwo()
        stage.want([pictures[0]], by: viewer)
        stage.video(1, frame: 1, key: true, marker: false, from: people[0])
        stage.flush()
        stage.pass(400)
        stage.want([pictures[1]], by: viewer)
        stage.video(1, frame: 1, key: true, from: people[1])
        #expect(stage.take(viewer).map(\.sequence) == [1_000, 1_002])
    }

    @Test("a late packet of the publication before is not forwarded into the next one")
    func latePacket() {
        let (stage, viewer, people, pictures) = self.viewerOfTwo()
        stage.want([pictures[0]], by: viewer)
        stage.video(1, key: true, from: people[0])
        stage.flush()
        stage.pass(400)
        stage.want([pictures[1]], by: viewer)
        stage.video(5, key: true, from: people[1])
        stage.video(4, from: people[1])
        stage.video(2, from: people[0])
        #expect(stage.take(viewer).map(\.sequence) == [1_000, 1_001])
    }

    @Test("a publisher that leaps by 40,000 numbers does not break the receivers' rollover count")
    func leap() {
        let (stage, viewer, people, pictures) = self.viewerOfTwo()
        stage.want([pictures[0]], by: viewer)
        stage.video(1, key: true, from: people[0])
        stage.video(40_001, from: people[0])
        stage.video(1 << 40, from: people[0])
        stage.video(40_002, from: people[0])
        #expect(stage.take(viewer).map(\.sequence) == [1_000, 1_002, 1_004])
    }

    @Test("a publisher that starts its numbers anew is heard again")
    func restart() {
        let stage = TestStage()
        let listener = stage.join(audio: 1, video: 0), speaker = stage.join()
        stage.announce(.audio, of: speaker)
        stage.audio(1 << 20, from: speaker)
        for sequence in 0..<200 { stage.audio(UInt64(sequence), from: speaker) }
        let sequences = stage.take(listener).map(\.sequence)
        #expect(sequences.count > 100)
        #expect(sequences == sequences.sorted() && Set(sequences).count == sequences.count)
    }

    @Test("a voice that begins carries the marker, and its time has gone on")
    func talkSpurt() {
        let stage = TestStage()
        let listener = stage.join(audio: 1, video: 0), first = stage.join(), second = stage.join()
        let voice = stage.announce(.audio, of: first)
        stage.audio(1, from: first)
        stage.flush()
        stage.pass(1_000)
        stage.room.withdraw(voice, now: stage.now, slab: &stage.slab)
        stage.announce(.audio, of: second)
        stage.audio(900, from: second)
        let sent = stage.take(listener)
        #expect(sent.map(\.marker) == [true, true])
        #expect(sent[1].timestamp == sent[0].timestamp &+ 48_000)
    }

    @Test("whatever happens, no number of a slot is ever sent twice with other bytes", arguments: 0..<20)
    func numbersAreUsedOnce(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let stage = TestStage(cells: 4_096)
        let viewers = (0..<3).map { _ in stage.join(audio: 1, video: 2) }
        let people = (0..<4).map { _ in stage.join() }
        let pictures = people.map { stage.announce(.video, of: $0) }
        var next = people.map { _ in random.next() % 100_000 }
        var used: [String: UInt64] = [:]
        for _ in 0..<4_000 {
            let who = Int(random.next() % 4), viewer = viewers[Int(random.next() % 3)]
            switch random.next() % 20 {
            case 0: stage.want(pictures.shuffled(using: &random), by: viewer)
            case 1: stage.pass(Int64(random.next() % 400))
            case 2: next[who] &+= random.next() % 50
            case 3: stage.lose(UInt16(truncatingIfNeeded: random.next()), following: .max, stream: 1, at: viewer)
            case 4: stage.room.keyFrameWanted(stream: 2, of: viewer, now: stage.now)
            case 5: stage.video(next[who] &- random.next() % 90, frame: UInt32(next[who]), from: people[who])
            case 6: stage.flush()
            default:
                next[who] += 1
                let isKey = random.happens(0.2)
                stage.video(next[who], frame: UInt32(truncatingIfNeeded: next[who]), key: isKey, from: people[who])
            }
            var highest: [String: UInt64] = [:]
            for sent in stage.takeSent() where !sent.packet.isRetransmission {
                let slot = "\(sent.member.hashValue) \(sent.packet.stream)"
                let number = "\(slot) \(sent.packet.sequence)"
                #expect(used[number] == nil, "a number was given to a second packet")
                used[number] = sent.content
                highest[slot] = max(highest[slot] ?? 0, sent.packet.sequence)
            }
        }
        #expect(used.count > 1_000)
        stage.room.close(now: stage.now, slab: &stage.slab)
        #expect(stage.slab.used == 0)
    }
}
