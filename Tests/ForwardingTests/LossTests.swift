import Forwarding
import MediaCore
import Testing

@Suite("What receivers miss, and what they may ask for")
struct LossTests {
    /// A viewer who has seen `count` packets, numbers 1,000 and up.
    private func flowing(_ count: UInt64) -> (TestStage, viewer: MemberHandle, speaker: MemberHandle) {
        let stage = TestStage()
        let viewer = stage.join(audio: 0, video: 1), speaker = stage.join()
        stage.want([stage.announce(.video, of: speaker)], by: viewer)
        for sequence in 0..<count {
            stage.video(sequence, frame: UInt32(sequence), key: sequence == 0, from: speaker)
        }
        _ = stage.take(viewer)
        return (stage, viewer, speaker)
    }

    @Test("a lost packet is sent again under its own number, as a retransmission")
    func resends() {
        let (stage, viewer, _) = self.flowing(20)
        stage.lose(1_003, following: 0b1000_0000_0000_0101, stream: 0, at: viewer)
        let sent = stage.take(viewer)
        #expect(sent.map(\.sequence) == [1_003, 1_004, 1_006, 1_019])
        #expect(sent.allSatisfy { $0.isRetransmission })
        #expect(sent.map(\.timestamp) == [9_000, 12_000, 18_000, 57_000])
    }

    @Test("a packet is sent again at most once per round trip")
    func oncePerRoundTrip() {
        let (stage, viewer, _) = self.flowing(20)
        stage.room.setRoundTrip(.milliseconds(50), of: viewer)
        stage.lose(1_003, stream: 0, at: viewer)
        stage.pass(49)
        stage.lose(1_003, stream: 0, at: viewer)
        #expect(stage.take(viewer).count == 1)
        stage.pass(1)
        stage.lose(1_003, stream: 0, at: viewer)
        #expect(stage.take(viewer).count == 1)
    }

    @Test("holes, numbers never sent, other streams and the time before the slot was filled are ignored")
    func ignored() {
        let (stage, viewer, speaker) = self.flowing(5)
        stage.video(7, frame: 7, from: speaker)
        _ = stage.take(viewer)
        for number: UInt16 in [999, 1_005, 1_006, 1_008, 0, 65_535] { stage.lose(number, stream: 0, at: viewer) }
        stage.lose(1_003, stream: 1, at: viewer)
        stage.lose(1_003, stream: 64, at: viewer)
        #expect(stage.take(viewer).isEmpty)
    }

    @Test("what is older than two seconds is forgotten, also while the publisher is silent")
    func forgets() {
        let (stage, viewer, speaker) = self.flowing(20)
        #expect(stage.slab.used == 20)
        stage.pass(1_500)
        stage.video(20, frame: 20, from: speaker)
        _ = stage.take(viewer)
        stage.pass(1_100)
        stage.lose(1_003, stream: 0, at: viewer)
        stage.lose(1_020, stream: 0, at: viewer)
        #expect(stage.take(viewer).map(\.sequence) == [1_020])
        stage.pass(5_000)
        #expect(stage.slab.used == 0)
    }

    @Test("packets of an earlier filling are not sent again")
    func earlierFilling() {
        let (stage, viewer, speaker) = self.flowing(20)
        let other = stage.join()
        let picture = stage.announce(.video, of: other)
        stage.pass(400)
        stage.want([picture], by: viewer)
        stage.video(1, key: true, from: other)
        _ = stage.take(viewer)
        stage.lose(1_003, following: .max, stream: 0, at: viewer)
        #expect(stage.take(viewer).isEmpty)
        stage.video(21, from: speaker)
        #expect(stage.take(viewer).isEmpty)
    }

    @Test("a subscriber cannot ask for more than its share")
    func rateLimit() {
        let (stage, viewer, speaker) = self.flowing(200)
        stage.room.setRoundTrip(.milliseconds(20), of: viewer)
        for _ in 0..<10 {
            stage.pass(20)
            for number in stride(from: UInt16(1_000), to: 1_200, by: 17) {
                stage.lose(number, following: .max, stream: 0, at: viewer)
            }
        }
        let limit = Bounds.retransmissionBurst + Bounds.retransmissionsPerSecond / 5
        #expect(stage.take(viewer).count <= Int(limit))
        #expect(stage.room.statistics.rateLimited > 0)
        stage.video(200, frame: 200, from: speaker)
        #expect(stage.take(viewer).map(\.sequence) == [1_200])
    }

    @Test(
        "however many subscribers wait, a publisher is asked for one key frame per interval, and again when none comes")
    func keyFrames() {
        let stage = TestStage()
        let speaker = stage.join()
        let picture = stage.announce(.video, of: speaker)
        let viewers = (0..<50).map { _ in stage.join() }
        for viewer in viewers { stage.want([picture], by: viewer) }
        func asked() -> Int {
            stage.takeTold().filter { $0 == .requestKeyFrame(speaker, section: 1, encoding: 0) }.count
        }
        #expect(asked() == 1)
        stage.pass(900)
        #expect(asked() == 0)
        stage.pass(100)
        #expect(asked() == 1)
        stage.video(1, key: true, from: speaker)
        stage.pass(50)
        for _ in 0..<5 { for viewer in viewers { stage.room.keyFrameWanted(stream: 8, of: viewer, now: stage.now) } }
        #expect(asked() == 0)
        stage.pass(450)
        #expect(asked() == 1)
        stage.video(2, key: true, from: speaker)
        stage.pass(5_000)
        #expect(asked() == 0)
    }

    @Test("a key frame whose first packet came late begins with it, and nothing behind it is missing")
    func lateKeyFrame() {
        let stage = TestStage()
        let viewer = stage.join(audio: 0, video: 1), speaker = stage.join()
        stage.want([stage.announce(.video, of: speaker)], by: viewer)
        stage.video(9, frame: 1, from: speaker)
        // Of the key frame 10...13 the first packet is lost and comes again after 12.
        for sequence in 11...12 as ClosedRange<UInt64> { stage.video(sequence, frame: 2, marker: false, from: speaker) }
        #expect(stage.take(viewer).isEmpty)
        stage.video(10, frame: 2, key: true, marker: false, from: speaker)
        stage.video(13, frame: 2, from: speaker)
        let sent = stage.take(viewer)
        #expect(sent.map(\.sequence) == [1_000, 1_001, 1_002, 1_003])
        #expect(sent.map(\.marker) == [false, false, false, true])
        #expect(Set(sent.map(\.timestamp)).count == 1)
        _ = stage.takeTold()
        stage.pass(5_000)
        #expect(!stage.takeTold().contains(.requestKeyFrame(speaker, section: 1, encoding: 0)), "it was served")
    }

    @Test("a late start of a key frame that is long past begins nothing, and another is asked for")
    func tooLateKeyFrame() {
        let stage = TestStage()
        let viewer = stage.join(audio: 0, video: 1), speaker = stage.join()
        stage.want([stage.announce(.video, of: speaker)], by: viewer)
        stage.video(9, frame: 1, from: speaker)
        for sequence in 11...60 as ClosedRange<UInt64> { stage.video(sequence, frame: 2, from: speaker) }
        stage.video(10, frame: 2, key: true, marker: false, from: speaker)
        #expect(stage.take(viewer).isEmpty)
        _ = stage.takeTold()
        stage.pass(1_000)
        #expect(stage.takeTold().contains(.requestKeyFrame(speaker, section: 1, encoding: 0)))
    }

    @Test("asking for what cannot be had is limited, too")
    func missingItems() {
        let (stage, viewer, _) = self.flowing(5)
        for _ in 0..<1_000 { stage.lose(5_000, following: .max, stream: 0, at: viewer) }
        let looked = stage.room.statistics.resendRefused
        #expect(looked <= UInt64(Bounds.nackItemBurst) * UInt64(Bounds.nackItem))
        #expect(stage.room.statistics.rateLimited >= 1_000 - UInt64(Bounds.nackItemBurst))
    }

    @Test("nobody is asked for key frames that nobody waits for any more")
    func nobodyWaits() {
        let stage = TestStage()
        let viewer = stage.join(), speaker = stage.join()
        stage.want([stage.announce(.video, of: speaker)], by: viewer)
        _ = stage.takeTold()
        stage.want([], by: viewer)
        stage.pass(5_000)
        #expect(!stage.takeTold().contains(.requestKeyFrame(speaker, section: 1, encoding: 0)))
    }
}
