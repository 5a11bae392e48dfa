import BeraadTesting
import Client
import E2EE
import MediaCore
import Testing

/// What media does when the keys of the group change (`e2ee.md` 6).
@Suite("A call whose keys change")
struct EpochChangeTests {
    private func pair(seed: UInt64) throws -> (room: TestRoom, one: TestPeer, other: TestPeer) {
        let room = try TestRoom(seed: seed)
        var options = TestPeerOptions(video: VideoSource(CameraPicture.frames(seed: 1)))
        options.recordsPresealed = true
        let one = try room.join(options)
        let other = try room.join(TestPeerOptions(video: VideoSource(CameraPicture.frames(seed: 2))))
        room.run(for: .seconds(5))
        try #require(other.received(from: one).video.frames > 100 && one.received(from: other).video.frames > 100)
        return (room, one, other)
    }

    private func run(_ room: TestRoom, _ milliseconds: Int64) { room.run(for: .milliseconds(milliseconds)) }

    @Test(
        "whoever gets the keys first is heard and seen by whoever gets them up to half a second later, without a gap",
        arguments: [0, 100, 450] as [Int64])
    func late(by delay: Int64) throws {
        let (room, one, other) = try self.pair(seed: 31)
        let before = other.received(from: one), presealed = one.presealed.count
        let epoch = room.newEpoch()
        one.begin(epoch, now: room.now)
        self.run(room, delay)
        let during = other.received(from: one)
        other.begin(epoch, now: room.now)
        self.run(room, 3_000 - delay)
        let after = other.received(from: one)
        // Of what was under way at the change, and at the end, 20 ms up and 20 ms down.
        let sent = UInt64(one.presealed.count - presealed)
        #expect(after.video.frames - before.video.frames >= sent - 2 && sent >= 88)
        #expect(after.audio.frames - before.audio.frames >= 146)
        #expect(after.video.failed == 0 && after.audio.failed == 0, "\(after)")
        #expect(after.video.lost == before.video.lost && after.audio.lost == before.audio.lost)
        if delay == 450 { #expect(during.video.frames - before.video.frames < 5, "what is newer waits for its key") }
        #expect(one.received(from: other).video.failed == 0 && one.received(from: other).audio.failed == 0)
    }

    @Test("keys that come later than half a second cost what was sent before, and the picture comes back by itself")
    func tooLate() throws {
        let (room, one, other) = try self.pair(seed: 32)
        let before = other.received(from: one)
        let epoch = room.newEpoch()
        one.begin(epoch, now: room.now)
        self.run(room, 1_500)
        #expect(other.received(from: one).video.frames <= before.video.frames + 5)
        other.begin(epoch, now: room.now)
        self.run(room, 1_000)
        let after = other.received(from: one)
        let expired = try #require(after.video.failures["newerEpoch"])
        // One second of thirty pictures was too old, give or take those at its ends; the last half second was kept.
        #expect((27...33).contains(expired), "\(expired)")
        #expect(after.video.failures.count == 1 && after.audio.failures.keys.allSatisfy { $0 == "newerEpoch" })
        #expect(after.video.frames >= before.video.frames + 30 && after.video.keyFrames > before.video.keyFrames)
    }

    @Test("the keys before are good for two seconds, and then they are gone")
    func oldKeys() throws {
        let (room, one, other) = try self.pair(seed: 33)
        // Only one of them has seen the Commit.
        other.begin(room.newEpoch(), now: room.now)
        let before = other.received(from: one)
        self.run(room, 1_950)
        let good = other.received(from: one)
        #expect(good.video.frames >= before.video.frames + 55 && good.audio.frames >= before.audio.frames + 94)
        #expect(good.video.failed == 0 && good.audio.failed == 0)
        self.run(room, 1_000)
        let gone = other.received(from: one)
        #expect(gone.video.frames <= good.video.frames + 3 && gone.audio.frames <= good.audio.frames + 4)
        #expect(gone.video.failures["epochGone"] ?? 0 > 20 && gone.audio.failures["epochGone"] ?? 0 > 40)
    }

    @Test("whoever was taken out is neither seen nor heard from that moment on, and hears nothing")
    func removed() throws {
        let (room, one, other) = try self.pair(seed: 34)
        let third = try room.join(TestPeerOptions(video: VideoSource(CameraPicture.frames(seed: 3))))
        self.run(room, 3_000)
        try #require(other.received(from: third).video.frames > 30)
        let epoch = room.newEpoch(removing: [third])
        for peer in [one, other] { peer.begin(epoch, now: room.now) }
        let heard = other.received(from: third), seen = other.received(from: one), own = third.received(from: one)
        self.run(room, 3_000)
        let after = other.received(from: third)
        #expect(after.video.frames == heard.video.frames && after.audio.frames == heard.audio.frames)
        #expect(after.audio.grace["leafFree"] ?? 0 > 90, "they went on sending")
        #expect(other.received(from: one).video.frames >= seen.video.frames + 85)
        // Six pictures and more were under way to it when the others changed keys.
        #expect(third.received(from: one).video.frames <= own.video.frames + 6)
    }

    @Test("nothing leaves while the gate is closed, and when it opens a whole picture comes first")
    func gate() throws {
        let (room, one, other) = try self.pair(seed: 35)
        var packets = 0
        room.tap = { leaf, _, _ in if leaf == one.leaf { packets += 1 } }
        self.run(room, 1_000)
        try #require(packets > 80)
        one.setGate(isOpen: false, now: room.now)
        // What was on the line when it closed.
        self.run(room, 100)
        packets = 0
        let closed = other.received(from: one), presealed = one.presealed.count
        self.run(room, 3_000)
        #expect(packets == 0)
        #expect(one.received(from: other).video.failed == 0, "it still sees and hears")
        // New keys do not open it.
        let epoch = room.newEpoch()
        for peer in [one, other] { peer.begin(epoch, now: room.now) }
        self.run(room, 1_000)
        #expect(packets == 0 && one.presealed.count == presealed)
        one.setGate(isOpen: true, now: room.now)
        self.run(room, 1_000)
        let open = other.received(from: one)
        #expect(one.presealed[presealed].isKeyFrame)
        #expect(open.video.frames >= closed.video.frames + 25 && open.audio.frames >= closed.audio.frames + 45)
        #expect(open.video.failed == 0 && open.audio.failed == 0)
    }

    @Test("without keys nothing leaves, whatever the gate says")
    func wiped() throws {
        let (room, one, _) = try self.pair(seed: 36)
        one.forget(now: room.now)
        one.setGate(isOpen: true, now: room.now)
        self.run(room, 100)
        var packets = 0
        room.tap = { leaf, _, _ in if leaf == one.leaf { packets += 1 } }
        self.run(room, 2_000)
        #expect(packets == 0)
    }

    @Test("people who come get a whole picture, once a second however many come")
    func newcomers() throws {
        let (room, one, _) = try self.pair(seed: 37)
        func keyFrames() -> Int { one.presealed.count { $0.isKeyFrame } }
        // The film itself has one every two seconds.
        self.run(room, 4_000)
        let start = keyFrames()
        self.run(room, 4_000)
        let usual = keyFrames() - start
        for index in 0..<20 {
            let newcomer = MediaOccupant(
                leaf: UInt32(10 + index), signatureKey: [UInt8](repeating: UInt8(index), count: 32))
            let epoch = room.newEpoch(adding: [newcomer])
            for peer in room.peers { peer.begin(epoch, now: room.now) }
            self.run(room, 200)
        }
        let many = keyFrames() - start - usual
        #expect(usual <= 3 && (4...7).contains(many), "\(usual) \(many)")
    }
}
