import BeraadTesting
import Client
import MediaCore
import Testing

@Suite("A call over a line that loses packets")
struct LossyLineTests {
    struct Line: Sendable, CustomTestStringConvertible {
        let loss: Double
        let seed: UInt64
        /// Of the pictures sent, at least this share is seen.
        let seen: Double

        var testDescription: String { "\(Int(self.loss * 100)) % both ways, seed \(self.seed)" }
    }

    static let lines =
        (1...3).map { Line(loss: 0.02, seed: $0, seen: 0.98) } + (1...3).map { Line(loss: 0.10, seed: $0, seen: 0.80) }

    @Test("pictures come back by retransmission, and sound plays on, while both ways lose packets", arguments: lines)
    func recovers(_ line: Line) throws {
        let room = try TestRoom(seed: line.seed)
        let weather = NetemConditions(loss: line.loss, delay: .milliseconds(20), jitter: .milliseconds(5))
        let one = try room.join(
            TestPeerOptions(video: VideoSource(CameraPicture.frames(seed: 1)), up: weather, down: weather))
        let other = try room.join(
            TestPeerOptions(video: VideoSource(CameraPicture.frames(seed: 2)), up: weather, down: weather))
        room.run(for: .seconds(5))
        #expect(one.isConnected && other.isConnected)

        let seconds = 60
        let before = other.received(from: one)
        var quietest = UInt64.max, longestStill = 0, still = 0
        for _ in 0..<seconds {
            let start = other.received(from: one)
            room.run(for: .seconds(1))
            let now = other.received(from: one)
            quietest = min(quietest, now.audio.frames - start.audio.frames)
            still = now.video.frames == start.video.frames ? still + 1 : 0
            longestStill = max(longestStill, still)
        }
        let after = other.received(from: one)
        let pictures = after.video.frames - before.video.frames
        let sounds = after.audio.frames - before.audio.frames
        let recovered = after.video.recoveredByRTX - before.video.recoveredByRTX
        let keys = after.video.keyFrames - before.video.keyFrames
        let lost = after.video.lost - before.video.lost
        print(
            """
            \(line.testDescription): pictures \(pictures) of \(seconds * CameraPicture.framesPerSecond), \
            \(recovered) packets by RTX, \(lost) never came, \(keys) key frames; \
            sounds \(sounds) of \(seconds * 50), fewest in a second \(quietest)
            """)
        #expect(Double(pictures) >= line.seen * Double(seconds * CameraPicture.framesPerSecond))
        #expect(recovered > 0)
        #expect(longestStill == 0, "a picture moves in every second")
        // Sound is never sent twice: what both ways lose together is missing, and Opus conceals it from its own redundancy.
        let expected = (1 - line.loss) * (1 - line.loss) * 50
        #expect(Double(sounds) >= 0.95 * expected * Double(seconds))
        #expect(Double(quietest) >= 0.6 * expected, "sound plays on in every second")
        #expect(after.video.failed == 0 && after.audio.failed == 0)
    }

    @Test("a line that is gone for five seconds comes back by itself, with pictures and sound")
    func cut() throws {
        let room = try TestRoom(seed: 9)
        let one = try room.join(TestPeerOptions(video: VideoSource(CameraPicture.frames(seed: 1))))
        let other = try room.join(TestPeerOptions(video: VideoSource(CameraPicture.frames(seed: 2))))
        room.run(for: .seconds(5))
        let good = other.up.conditions
        let dead = NetemConditions(loss: 1)
        (other.up.conditions, other.down.conditions) = (dead, dead)
        room.run(for: .seconds(5))
        let during = other.received(from: one)
        (other.up.conditions, other.down.conditions) = (good, good)
        room.run(for: .seconds(2))
        let after = other.received(from: one), back = one.received(from: other)
        #expect(after.video.frames >= during.video.frames + 15)
        #expect(after.audio.frames >= during.audio.frames + 40)
        room.run(for: .seconds(1))
        #expect(one.received(from: other).video.frames >= back.video.frames + 25)
    }
}
