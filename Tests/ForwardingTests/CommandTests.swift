import Forwarding
import MediaCore
import Testing

@Suite("Commands are total and act at once")
struct CommandTests {
    private func flowing() -> (TestStage, viewer: MemberHandle, speaker: MemberHandle, PublicationID) {
        let stage = TestStage()
        let viewer = stage.join(), speaker = stage.join()
        let picture = stage.announce(.video, of: speaker)
        stage.want([picture], by: viewer)
        stage.video(1, key: true, from: speaker)
        _ = stage.take(viewer)
        return (stage, viewer, speaker, picture)
    }

    @Test("what was decided earlier in the turn is not sent after a publication is forbidden")
    func forbidTakesBack() {
        let (stage, viewer, speaker, picture) = self.flowing()
        stage.announce(.audio, of: speaker)
        stage.audio(1, from: speaker)
        stage.video(2, from: speaker)
        stage.room.forbid(picture, now: stage.now, slab: &stage.slab)
        stage.video(3, from: speaker)
        #expect(stage.take(viewer).map(\.stream) == [0])
        let again = stage.room.announce(picture, of: speaker, section: 1, kind: .video, now: stage.now)
        #expect(again == .forbidden)
        stage.room.permit(speaker)
        let permitted = stage.room.announce(picture, of: speaker, section: 1, kind: .video, now: stage.now)
        #expect(permitted == .done)
    }

    @Test("of what was withdrawn nothing goes out any more: neither what was decided, nor what is asked for again")
    func withdrawTakesBack() {
        let (stage, viewer, speaker, picture) = self.flowing()
        let other = stage.join()
        stage.want([picture], by: other)
        stage.video(2, frame: 2, key: true, from: speaker)
        for sequence in 3..<20 as Range<UInt64> { stage.video(sequence, frame: UInt32(sequence), from: speaker) }
        _ = (stage.take(viewer), stage.take(other))
        // The pictures' first slot comes after eight for voices. In this turn a packet was sent and two are asked for again.
        stage.video(20, frame: 20, from: speaker)
        for member in [viewer, other] { stage.lose(1_005, following: 1, stream: 8, at: member) }
        #expect(stage.room.statistics.resent == 4)
        stage.room.withdraw(picture, now: stage.now, slab: &stage.slab)
        #expect(stage.takeSent().isEmpty)
        for member in [viewer, other] { stage.lose(1_003, following: .max, stream: 8, at: member) }
        stage.video(21, frame: 21, key: true, from: speaker)
        #expect(stage.takeSent().isEmpty && stage.slab.used == 0)
        // It begins again in the slot it had: what was sent before is not sent once more.
        stage.pass(400)
        let again = stage.room.announce(picture, of: speaker, section: 1, kind: .video, now: stage.now)
        #expect(again == .done)
        stage.video(22, frame: 22, key: true, from: speaker)
        let sent = stage.takeSent().map(\.packet)
        #expect(sent.map(\.stream) == [8, 8] && sent.allSatisfy { !$0.isRetransmission && $0.sequence > 1_017 })
        for member in [viewer, other] { stage.lose(1_001, following: .max, stream: 8, at: member) }
        #expect(stage.takeSent().isEmpty)
    }

    @Test("a forbidden participant is neither seen nor heard")
    func forbidMember() {
        let (stage, viewer, speaker, _) = self.flowing()
        stage.announce(.audio, of: speaker)
        stage.audio(1, from: speaker)
        stage.room.forbid(speaker, now: stage.now, slab: &stage.slab)
        stage.audio(2, from: speaker)
        stage.video(2, from: speaker)
        #expect(stage.take(viewer).isEmpty)
    }

    @Test("nothing of somebody who left is forwarded, not even what was decided earlier in the turn")
    func leave() {
        let (stage, viewer, speaker, picture) = self.flowing()
        stage.video(2, from: speaker)
        stage.room.leave(speaker, now: stage.now, slab: &stage.slab)
        #expect(stage.take(viewer).isEmpty)
        #expect(!stage.shown(by: viewer).contains(picture))
        #expect(stage.slab.used == 0)
    }

    @Test("nothing is sent to somebody who left")
    func leaveSubscriber() {
        let (stage, viewer, speaker, _) = self.flowing()
        stage.video(2, from: speaker)
        stage.room.leave(viewer, now: stage.now, slab: &stage.slab)
        stage.video(3, from: speaker)
        #expect(stage.takeSent().isEmpty)
    }

    @Test("a stale handle is an answer, not a trap")
    func stale() {
        let (stage, viewer, speaker, picture) = self.flowing()
        stage.room.leave(speaker, now: stage.now, slab: &stage.slab)
        let heir = stage.join()
        #expect(stage.room.holds(heir) && !stage.room.holds(speaker))
        for gone in [speaker, .none] {
            #expect(stage.room.leave(gone, now: stage.now, slab: &stage.slab) == .unknown)
            let answer = stage.room.announce(picture, of: gone, section: 1, kind: .video, now: stage.now)
            #expect(answer == .unknown)
            #expect(stage.room.want([], of: gone, now: stage.now) == .unknown)
            #expect(stage.room.forbid(gone, now: stage.now, slab: &stage.slab) == .unknown)
            #expect(stage.room.permit(gone) == .unknown)
            #expect(stage.room.assignments(of: gone) == nil)
            #expect(TestStage.pending(in: stage.room, of: gone).isEmpty)
            stage.room.setRoundTrip(.seconds(1), of: gone)
            stage.room.keyFrameWanted(stream: 0, of: gone, now: stage.now)
            stage.room.senderReport(
                of: gone, section: 0, encoding: 0, ntp: .max, rtpTime: 0, arrival: stage.now)
            stage.lose(1_000, following: .max, stream: 8, at: gone)
            stage.video(9, from: gone)
        }
        #expect(stage.room.withdraw(picture, now: stage.now, slab: &stage.slab) == .unknown)
        #expect(stage.room.forbid(picture, now: stage.now, slab: &stage.slab) == .unknown)
        #expect(stage.take(viewer).isEmpty && stage.take(heir).isEmpty)
        #expect(stage.slab.used == 0)
    }

    @Test("a section has one publication, and a publication one section")
    func taken() {
        let (stage, viewer, speaker, picture) = self.flowing()
        let other = PublicationID(rawValue: 99)
        #expect(stage.room.announce(picture, of: viewer, section: 1, kind: .video, now: stage.now) == .taken)
        #expect(stage.room.announce(other, of: speaker, section: 1, kind: .video, now: stage.now) == .taken)
        #expect(stage.room.announce(other, of: speaker, section: 8, kind: .video, now: stage.now) == .unknown)
        #expect(stage.room.announce(other, of: speaker, section: 2, kind: .video, now: stage.now) == .done)
    }

    @Test("media of a section nobody announced, of an unknown section or of the wrong kind goes nowhere")
    func unannounced() {
        let (stage, viewer, speaker, _) = self.flowing()
        stage.audio(1, from: speaker)
        var packet = MediaPacket()
        packet.payloadLength = 100
        for stream: UInt16 in [1, 7, 8, .max] {
            packet.stream = stream
            stage.ingest(packet, from: speaker)
        }
        packet.stream = 1
        packet.codec = .vp8
        packet.encoding = 2
        stage.ingest(packet, from: speaker)
        #expect(stage.take(viewer).isEmpty)
        #expect(stage.room.statistics.unannounced == 6)
        #expect(stage.slab.used == 1)
    }

    @Test("every bound holds: members, slots, wants")
    func bounds() {
        let stage = TestStage()
        #expect(stage.join(audio: 32, video: 33) == .none)
        for _ in 0..<Bounds.members { #expect(stage.join(audio: 0, video: 0) != .none) }
        #expect(stage.join(audio: 0, video: 0) == .none)
        let wants = Array(repeating: Want(publication: PublicationID(rawValue: 1), height: 1, rank: 0), count: 101)
        let member = stage.join(audio: 0, video: 0)
        #expect(stage.room.want(wants, of: member, now: stage.now) == .unknown)
    }

    @Test("a full pending ring is flushed early and loses nothing")
    func burst() {
        let (stage, viewer, speaker, _) = self.flowing()
        for sequence in 2..<1_000 { stage.video(UInt64(sequence), frame: 5, from: speaker) }
        #expect(stage.take(viewer).map(\.sequence) == Array(1_001..<1_999))
    }

    @Test("an owner who never flushes loses packets, and nothing else")
    func neverFlushed() {
        let (stage, viewer, speaker, _) = self.flowing()
        var packet = MediaPacket()
        packet.stream = 1
        packet.codec = .vp8
        packet.payloadLength = 10
        for sequence in 2..<2_000 {
            guard let handle = stage.slab.allocate() else { break }
            packet.sequence = UInt64(sequence)
            stage.slab[handle] = packet
            _ = stage.room.ingest(handle, from: speaker, slab: &stage.slab)
        }
        #expect(stage.take(viewer).count == Bounds.pending)
        stage.room.close(now: stage.now, slab: &stage.slab)
        #expect(stage.slab.used == 0)
    }

    @Test("an exhausted slab drops packets; the room goes on")
    func exhausted() {
        let stage = TestStage(cells: 64)
        let viewer = stage.join(), speaker = stage.join()
        stage.want([stage.announce(.video, of: speaker)], by: viewer)
        for sequence in 0..<150 { stage.video(UInt64(sequence), key: sequence == 0, from: speaker) }
        #expect(stage.take(viewer).count == 64)
        #expect(stage.slab.exhausted > 0)
        stage.pass(3_000)
        stage.video(150, from: speaker)
        #expect(stage.take(viewer).map(\.sequence) == [1_150])
    }
}
