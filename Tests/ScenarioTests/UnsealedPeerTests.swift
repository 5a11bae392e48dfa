import BeraadTesting
import Client
import MediaCore
import Testing

@Suite("A participant whose frames are not sealed", .promise("P-009"))
struct UnsealedPeerTests {
    /// What a hostile program sends instead of the sealed frame.
    enum Trick: String, CaseIterable, Sendable {
        case plain
        case plainBehindTheShell
        case sealedOnceAndRepeated
        case cutShort
        case oneBitChanged
        case empty

        func apply(_ frame: [UInt8], _ sealed: [UInt8], _ first: [UInt8]) -> [UInt8] {
            switch self {
            case .plain: frame
            case .plainBehindTheShell: Array(sealed.prefix(frame[0] & 1 == 0 ? 10 : 3)) + frame
            case .sealedOnceAndRepeated: first
            case .cutShort: Array(sealed.dropLast())
            case .oneBitChanged: sealed.dropLast() + [(sealed.last ?? 0) ^ 1]
            case .empty: []
            }
        }
    }

    @Test("nothing of it is shown or heard, and the others go on seeing each other", arguments: Trick.allCases)
    func refused(_ trick: Trick) throws {
        let room = try TestRoom(seed: 4)
        let one = try room.join(TestPeerOptions(video: VideoSource(CameraPicture.frames(seed: 1))))
        let other = try room.join(TestPeerOptions(video: VideoSource(CameraPicture.frames(seed: 2))))
        var hostile = TestPeerOptions(video: VideoSource(CameraPicture.frames(seed: 3)))
        let memory = Memory()
        hostile.transform = { frame, sealed in trick.apply(frame, sealed, memory.first(sealed)) }
        let stranger = try room.join(hostile)
        room.run(for: .seconds(10))
        for receiver in [one, other] {
            let shown = receiver.received(from: stranger)
            // The one frame that was sealed is genuine; only its copies are not.
            let genuine: UInt64 = trick == .sealedOnceAndRepeated ? 1 : 0
            #expect(shown.video.frames <= genuine && shown.audio.frames <= genuine)
            #expect(receiver.unattributed.video.frames == 0 && receiver.unattributed.audio.frames == 0)
        }
        #expect(other.received(from: one).video.frames > 250)
        #expect(one.received(from: other).audio.frames > 450)
        #expect(
            stranger.received(from: one).video.frames > 200, "it is in the meeting, and only its own frames are refused"
        )
    }

    /// The first sealed frame of each length class, sound apart from picture.
    private final class Memory: @unchecked Sendable {  // because: a test room runs on one thread
        private var picture: [UInt8]?
        private var sound: [UInt8]?

        func first(_ sealed: [UInt8]) -> [UInt8] {
            if sealed.count < 400 {
                if self.sound == nil { self.sound = sealed }
                return self.sound ?? sealed
            }
            if self.picture == nil { self.picture = sealed }
            return self.picture ?? sealed
        }
    }
}
