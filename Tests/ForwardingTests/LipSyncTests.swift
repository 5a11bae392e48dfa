import Forwarding
import MediaCore
import Testing

@Suite("Voice and picture on one clock")
struct LipSyncTests {
    /// NTP time of the publisher's clock, which runs 1,000 s ahead of ours.
    private func ntp(_ time: MediaTime) -> UInt64 {
        let nanoseconds = UInt64(time.nanoseconds) + 1_000_000_000_000
        return (nanoseconds / 1_000_000_000) << 32 | ((nanoseconds % 1_000_000_000) << 32) / 1_000_000_000
    }

    private func report(_ stage: TestStage, _ speaker: MemberHandle, section: UInt16, rtpTime: UInt32, sent: MediaTime)
    {
        stage.room.senderReport(
            of: speaker, section: section, encoding: 0, ntp: self.ntp(sent), rtpTime: rtpTime, arrival: stage.now)
    }

    private func mappings(_ stage: TestStage, _ viewer: MemberHandle) -> [UInt16: (rtpTime: UInt32, at: MediaTime)] {
        var found: [UInt16: (rtpTime: UInt32, at: MediaTime)] = [:]
        for case .sourceChanged(viewer, let stream, let rtpTime, let at) in stage.takeTold() {
            found[stream] = (rtpTime, at)
        }
        return found
    }

    @Test("before any report a slot's clock is the arrival of its first packet")
    func firstPacket() {
        let stage = TestStage()
        let viewer = stage.join(), speaker = stage.join()
        stage.announce(.audio, of: speaker)
        stage.audio(5, from: speaker)
        let told = self.mappings(stage, viewer)
        #expect(told[0]?.rtpTime == 5 * 960 && told[0]?.at == stage.now)
    }

    @Test("voice and picture of one moment are mapped to one moment, whichever was delayed on the way")
    func oneMoment() {
        let stage = TestStage()
        let viewer = stage.join(), speaker = stage.join()
        stage.announce(.audio, of: speaker)
        stage.want([stage.announce(.video, of: speaker)], by: viewer)
        let moment = stage.now
        stage.pass(20)
        stage.audio(5, from: speaker)
        self.report(stage, speaker, section: 0, rtpTime: 48_000, sent: moment)
        stage.pass(60)
        stage.video(5, frame: 1, key: true, from: speaker)
        self.report(stage, speaker, section: 1, rtpTime: 90_000, sent: moment)
        let told = self.mappings(stage, viewer)
        #expect(told[0]?.rtpTime == 48_000 && told[8]?.rtpTime == 90_000)
        let apart = ((told[0]?.at ?? .zero) - (told[8]?.at ?? .never)).nanoseconds.magnitude
        #expect(apart < 1_100_000, "the offset is the publisher's and moves by at most 1 ms a report")
    }

    @Test("a report that changes nothing is not told again")
    func steady() {
        let stage = TestStage()
        let viewer = stage.join(), speaker = stage.join()
        stage.announce(.audio, of: speaker)
        stage.audio(5, from: speaker)
        self.report(stage, speaker, section: 0, rtpTime: 48_000, sent: stage.now)
        _ = self.mappings(stage, viewer)
        for second in 1...100 {
            stage.pass(1_000)
            let jitter = MediaSpan.milliseconds(Int64(second % 5))
            let rtpTime = 48_000 + 48_000 * UInt32(second)
            stage.room.senderReport(
                of: speaker, section: 0, encoding: 0, ntp: self.ntp(stage.now), rtpTime: rtpTime,
                arrival: stage.now + jitter)
            #expect(self.mappings(stage, viewer).isEmpty)
        }
    }

    @Test("a slot's clock follows its new timestamps after a refill")
    func refill() {
        let stage = TestStage()
        let viewer = stage.join(audio: 0, video: 1), first = stage.join(), second = stage.join()
        stage.want([stage.announce(.video, of: first)], by: viewer)
        stage.video(1, frame: 1, key: true, from: first)
        let picture = stage.announce(.video, of: second)
        self.report(stage, second, section: 1, rtpTime: 3_000 * 700, sent: stage.now)
        _ = self.mappings(stage, viewer)
        stage.pass(500)
        stage.want([picture], by: viewer)
        stage.video(1, frame: 715, key: true, from: second)
        let sent = stage.take(viewer)
        let told = self.mappings(stage, viewer)
        let behind: UInt32 = (sent.last?.timestamp ?? 0) &- (told[0]?.rtpTime ?? 0)
        #expect(behind == 15 * 3_000)
        #expect(told[0]?.at == stage.now + .milliseconds(-500))
    }

    @Test("reports with absurd times do no harm")
    func absurd() {
        let stage = TestStage()
        let viewer = stage.join(), speaker = stage.join()
        stage.announce(.audio, of: speaker)
        stage.audio(5, from: speaker)
        for ntp: UInt64 in [0, .max, 1 << 63, 1, .max - 1] {
            for time in [MediaTime.zero, .never, MediaTime(nanoseconds: .min), stage.now] {
                for section: UInt16 in [0, 1, 8, .max] {
                    stage.room.senderReport(
                        of: speaker, section: section, encoding: 0, ntp: ntp, rtpTime: .max, arrival: time)
                }
            }
        }
        stage.audio(6, from: speaker)
        #expect(stage.take(viewer).count == 2)
    }
}
