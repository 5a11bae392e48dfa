internal import E2EE
internal import MediaCore

/// Frames of an epoch that is not ours yet, of one slot (`e2ee.md` 6, step 2): a Commit may be slower than the frames after
/// it. Bounded in time, number and bytes, as nothing about them is authenticated.
struct HeldFrames {
    /// A whole frame, and what to count when it opens.
    struct Held {
        var bytes: [UInt8]
        var packets: Int
        var recovered: Int
        var since: MediaTime
    }

    static let keptFor = MediaSpan.milliseconds(500)
    static let countMax = 64
    static let byteCountMax = 1 << 20

    private var frames: [Held] = []
    private var byteCount = 0

    var isEmpty: Bool { self.frames.isEmpty }

    /// When the oldest one is given up.
    var deadline: MediaTime { self.frames.first.map { $0.since + Self.keptFor } ?? .never }

    /// Keeps a frame; false when there is no room for it.
    mutating func keep(_ frame: Held) -> Bool {
        guard self.frames.count < Self.countMax, self.byteCount + frame.bytes.count <= Self.byteCountMax else {
            return false
        }
        self.frames.append(frame)
        self.byteCount += frame.bytes.count
        return true
    }

    /// All of them, in the order they came.
    mutating func takeAll() -> [Held] {
        defer { self = HeldFrames() }
        return self.frames
    }

    /// How many waited too long; they are gone.
    mutating func expire(now: MediaTime) -> Int {
        let expired = self.frames.prefix { $0.since + Self.keptFor <= now }
        self.frames.removeFirst(expired.count)
        self.byteCount -= expired.reduce(0) { $0 + $1.bytes.count }
        return expired.count
    }
}
