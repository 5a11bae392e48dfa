/// The numbers of one stream that are missing and worth asking for (`media.md` 2.4): asked at the next tick, again after a
/// round trip, five times, never past a key frame. A list of fixed size, oldest first.
struct MissingList: Sendable, BitwiseCopyable {
    /// A burst longer than this is past repair; the oldest go first.
    static let capacity = 128
    /// Asked this many times, then given up.
    static let triesMax: UInt8 = 5
    /// Between two questions for one number: the round trip, but not less and not more.
    static let retryMin = MediaSpan.milliseconds(20)
    static let retryMax = MediaSpan.milliseconds(400)

    private struct Entry: BitwiseCopyable {
        var sequence: UInt64 = 0
        var askedAt = MediaTime.zero
        var tries: UInt8 = 0
    }

    private var entries = InlineArray<128, Entry>(repeating: Entry())
    private(set) var count = 0
    /// Numbers given up: asked five times in vain, pushed out, or never asked for because the gap was too long.
    private(set) var abandoned: UInt64 = 0

    /// Numbers come in rising order.
    mutating func append(_ sequence: UInt64) {
        if self.count == Self.capacity {
            self.abandoned &+= 1
            self.remove(first: 1)
        }
        self.entries[self.count] = Entry(sequence: sequence)
        self.count += 1
    }

    /// Takes `sequence` out; true when it was in.
    mutating func remove(_ sequence: UInt64) -> Bool {
        for index in 0..<self.count where self.entries[index].sequence == sequence {
            self.remove(at: index)
            return true
        }
        return false
    }

    /// Nobody needs what came before a key frame.
    mutating func forget(before sequence: UInt64) {
        var old = 0
        while old < self.count, self.entries[old].sequence < sequence { old += 1 }
        self.remove(first: old)
    }

    /// A gap too long to ask for: what came before it is past repair as well.
    mutating func skip(_ numbers: UInt64) {
        self.abandoned &+= numbers &+ UInt64(self.count)
        self.count = 0
    }

    /// The next question to ask, and marks its numbers as asked; nil when nothing is due. Ask until nil.
    mutating func next(now: MediaTime, roundTrip: MediaSpan) -> MissingPackets? {
        let pause = max(Self.retryMin, min(roundTrip, Self.retryMax))
        var item: MissingPackets?
        var base: UInt64 = 0
        var index = 0
        while index < self.count {
            let entry = self.entries[index]
            if item != nil, entry.sequence - base > 16 { break }
            guard entry.tries == 0 || now - entry.askedAt >= pause else {
                index += 1
                continue
            }
            guard entry.tries < Self.triesMax else {
                self.abandoned &+= 1
                self.remove(at: index)
                continue
            }
            self.entries[index].tries += 1
            self.entries[index].askedAt = now
            if let asked = item {
                let bit = UInt16(1) << UInt16(entry.sequence - base - 1)
                item = MissingPackets(sequence: asked.sequence, following: asked.following | bit)
            } else {
                base = entry.sequence
                item = MissingPackets(sequence: UInt16(truncatingIfNeeded: base), following: 0)
            }
            index += 1
        }
        return item
    }

    private mutating func remove(first count: Int) {
        guard count > 0 else { return }
        for index in count..<self.count { self.entries[index - count] = self.entries[index] }
        self.count -= count
    }

    private mutating func remove(at index: Int) {
        for later in index + 1..<self.count { self.entries[later - 1] = self.entries[later] }
        self.count -= 1
    }
}
