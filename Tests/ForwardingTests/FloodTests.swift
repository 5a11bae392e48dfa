import Forwarding
import MediaCore
import Testing

@Suite("A participant who sends too much, or to those who are not there yet")
struct FloodTests {
    @Test("a voice of ten thousand packets a second is cut to what a voice may send; another room notices nothing")
    func voice() {
        let stage = TestStage()
        let speaker = stage.join()
        _ = stage.announce(.audio, of: speaker)
        let listener = stage.join()
        var sequence: UInt64 = 0
        for _ in 0..<3_000 {  // three seconds, ten packets a millisecond
            for _ in 0..<10 {
                stage.audio(sequence, from: speaker)
                sequence += 1
            }
            stage.pass(1)
        }
        let heard = stage.take(listener).count
        let rates = PublicationRates.standard
        #expect(heard <= Int(rates.audioPackets) * 4, "three seconds and one burst")
        #expect(heard > Int(rates.audioPackets) * 2, "what is within the rate goes on")
        #expect(stage.room.statistics.rateLimited > 25_000)
    }

    @Test("a voice of large packets is cut by its bytes")
    func largeVoice() {
        let stage = TestStage()
        let speaker = stage.join()
        _ = stage.announce(.audio, of: speaker)
        let listener = stage.join()
        for sequence in 0..<150 as Range<UInt64> {
            var packet = MediaPacket()
            packet.codec = .opus
            packet.sequence = sequence
            packet.payloadLength = 1_200
            stage.ingest(packet, from: speaker)
        }
        #expect(stage.take(listener).count <= Int(PublicationRates.standard.audioBytes) / 1_200)
    }

    @Test("numbers that leap, as often as one likes, move a listener's numbers by two")
    func leaps() {
        let stage = TestStage()
        let speaker = stage.join()
        _ = stage.announce(.audio, of: speaker)
        let listener = stage.join(audio: 1, video: 0, start: 1_000)
        for leap in 0..<20 as Range<UInt64> { stage.audio(leap * 3_000, from: speaker) }
        #expect(stage.take(listener).map(\.sequence) == (0..<20).map { 1_000 + 2 * $0 })
    }

    @Test("a publication nobody watches keeps no packets")
    func unwatched() {
        let stage = TestStage()
        let speaker = stage.join()
        _ = stage.announce(.video, of: speaker)
        for sequence in 0..<500 as Range<UInt64> { stage.video(sequence, frame: UInt32(sequence), from: speaker) }
        stage.flush()
        #expect(stage.slab.used == 0)
    }

    @Test("when the packets of a worker run out, a publication keeps a few and the others their places")
    func crowded() {
        let stage = TestStage(cells: 512)
        let speaker = stage.join(), viewer = stage.join()
        stage.want([stage.announce(.video, of: speaker)], by: viewer)
        for sequence in 0..<1_000 as Range<UInt64> {
            stage.video(sequence, frame: UInt32(sequence), key: sequence == 0, from: speaker)
            if sequence % 20 == 0 { stage.flush() }
        }
        stage.flush()
        #expect(stage.slab.used <= 512 / 4 * 3 + 1)
        #expect(stage.slab.exhausted == 0)
        #expect(stage.take(viewer).count == 1_000)
    }

    @Test("who is not connected yet gets nothing, so that neither numbers nor key frames are used up")
    func notConnected() {
        let stage = TestStage()
        let speaker = stage.join()
        let voice = stage.announce(.audio, of: speaker), picture = stage.announce(.video, of: speaker)
        let viewer = stage.join(connects: false)
        stage.want([picture], by: viewer)
        stage.video(1, frame: 1, key: true, from: speaker)
        stage.audio(1, from: speaker)
        #expect(stage.take(viewer).isEmpty)
        #expect(stage.shown(by: viewer).allSatisfy { $0 == nil })
        stage.room.connected(viewer, now: stage.now)
        #expect(stage.shown(by: viewer).contains(voice) && stage.shown(by: viewer).contains(picture))
        #expect(stage.takeTold().contains(.requestKeyFrame(speaker, section: 1, encoding: 0)))
        stage.audio(2, from: speaker)
        stage.video(2, frame: 2, key: true, from: speaker)
        #expect(stage.take(viewer).map(\.sequence) == [1_000, 1_000])
    }

    @Test("who comes when somebody speaks already hears them at once")
    func comesLater() {
        let stage = TestStage()
        let speaker = stage.join()
        let voice = stage.announce(.audio, of: speaker)
        stage.pass(10_000)
        let listener = stage.join()
        #expect(stage.shown(by: listener).first == voice)
    }

    @Test("a section that is forbidden while it is muted stays forbidden")
    func forbiddenWhileMuted() {
        let stage = TestStage()
        let speaker = stage.join()
        let voice = stage.announce(.audio, of: speaker)
        stage.room.withdraw(voice, now: stage.now, slab: &stage.slab)
        let answer = stage.room.forbid(section: 0, of: speaker, now: stage.now, slab: &stage.slab)
        #expect(answer == .done)
        let again = stage.room.announce(voice, of: speaker, section: 0, kind: .audio, now: stage.now)
        #expect(again == .forbidden)
        stage.room.permit(speaker)
        let permitted = stage.room.announce(voice, of: speaker, section: 0, kind: .audio, now: stage.now)
        #expect(permitted == .done)
    }
}
