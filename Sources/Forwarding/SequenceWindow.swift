/// Turns a publisher's sequence numbers into the publication's own: each number passes once, losses stay holes, padding
/// leaves no hole, and a jump too wide to be loss becomes a step of two. It knows neither packets nor slots.
///
/// Why a number may pass only once: an original and its retransmission arrive under different SSRCs, so no replay
/// window of SRTP sees the pair, and sending both would seal one outgoing number twice (`media.md` 5.1, nonce rule).
/// Why a wide jump is closed: a publisher who leaps by 40,000 would make a subscriber's receiver guess the wrong
/// rollover count, and that slot would stay dark for every later publication too.
struct SequenceWindow: BitwiseCopyable {
    /// RFC 3550 appendix A.1, MAX_DROPOUT.
    static let widestGap: Int64 = 3_000
    /// How far back a late packet may come; five NACK tries of 400 ms are well inside at camera rates.
    static let width: Int64 = 1_024
    /// This many "too old" in a row mean that the source began anew, not that the network is slow.
    static let oldBeforeRestart = 64

    /// From `floor` on, own number = source number + `shift`.
    private struct Segment: BitwiseCopyable {
        var floor: UInt64
        var shift: UInt64
    }

    private var hasStarted = false
    private var highest: UInt64 = 0
    private var current = Segment(floor: 0, shift: 0)
    private var previous = Segment(floor: .max, shift: 0)
    private var oldInARow = 0
    private var seen = InlineArray<16, UInt64>(repeating: 0)

    /// Far from zero, so that nothing near the start wraps.
    private static let start: UInt64 = 1 << 32

    /// The own number of a packet with this source number; nil when it must not be forwarded.
    mutating func admit(_ source: UInt64) -> UInt64? {
        guard self.note(source) else { return nil }
        if source >= self.current.floor { return source &+ self.current.shift }
        if source >= self.previous.floor { return source &+ self.previous.shift }
        return nil
    }

    /// A packet with this number carries nothing: later numbers close up over it.
    mutating func skip(_ source: UInt64) {
        let wasHighest = self.highest
        guard self.hasStarted, source > wasHighest, self.note(source), source >= self.current.floor else { return }
        self.previous = self.current
        self.current = Segment(floor: source &+ 1, shift: self.current.shift &- 1)
    }

    /// Moves the window; answers whether this number is new.
    private mutating func note(_ source: UInt64) -> Bool {
        guard self.hasStarted else {
            self.hasStarted = true
            self.begin(at: source, as: Self.start)
            return true
        }
        let ahead = Int64(bitPattern: source &- self.highest)
        if ahead > Self.widestGap {
            self.begin(at: source, as: self.highest &+ self.current.shift &+ 2)
            return true
        }
        if ahead > 0 {
            self.advance(to: source, by: ahead)
            return true
        }
        if ahead > -Self.width { return self.mark(source) }
        self.oldInARow += 1
        if self.oldInARow >= Self.oldBeforeRestart {
            self.begin(at: source, as: self.highest &+ self.current.shift &+ 2)
            return true
        }
        return false
    }

    private mutating func begin(at source: UInt64, as own: UInt64) {
        self.highest = source
        self.current = Segment(floor: source, shift: own &- source)
        self.previous = Segment(floor: .max, shift: 0)
        self.oldInARow = 0
        self.seen = InlineArray(repeating: 0)
        _ = self.mark(source)
    }

    private mutating func advance(to source: UInt64, by ahead: Int64) {
        if ahead >= Self.width {
            self.seen = InlineArray(repeating: 0)
        } else {
            var passed = self.highest &+ 1
            while passed != source {
                self.seen[Self.word(passed)] &= ~Self.bit(passed)
                passed &+= 1
            }
            self.seen[Self.word(source)] &= ~Self.bit(source)
        }
        self.highest = source
        _ = self.mark(source)
    }

    private mutating func mark(_ source: UInt64) -> Bool {
        self.oldInARow = 0
        guard self.seen[Self.word(source)] & Self.bit(source) == 0 else { return false }
        self.seen[Self.word(source)] |= Self.bit(source)
        return true
    }

    private static func word(_ source: UInt64) -> Int { Int((source >> 6) & 15) }
    private static func bit(_ source: UInt64) -> UInt64 { 1 << (source & 63) }
}
