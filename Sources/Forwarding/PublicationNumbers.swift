internal import MediaCore

/// Turns a publisher's sequence numbers into the publication's own: each number passes once, losses stay holes, padding
/// leaves no hole, and a jump too wide to be loss becomes a step of two. It knows neither packets nor slots.
///
/// Why a number may pass only once: an original and its retransmission arrive under different SSRCs, so no replay
/// window of SRTP sees the pair, and sending both would seal one outgoing number twice (`media.md` 5.1, nonce rule).
/// Why a wide jump is closed: a publisher who leaps by 40,000 would make a subscriber's receiver guess the wrong
/// rollover count, and that slot would stay dark for every later publication too.
struct PublicationNumbers: BitwiseCopyable {
    /// As many as are asked for again (`MissingList`): more is not loss that anybody repairs. Far below the 32,768 that
    /// shift a receiver's rollover count, even if many such jumps follow each other while nothing can be sent.
    static let widestGap: UInt64 = 128
    /// This many "too old" in a row mean that the source began anew, not that the network is slow.
    static let oldBeforeRestart = 64

    /// From `floor` on, own number = source number + `shift`.
    private struct Segment: BitwiseCopyable {
        var floor: UInt64
        var shift: UInt64
    }

    private var current = Segment(floor: 0, shift: 0)
    private var previous = Segment(floor: .max, shift: 0)
    private var oldInARow = 0
    private var seen = NumberWindow()

    /// Far from zero, so that nothing near the start wraps.
    private static let start: UInt64 = 1 << 32

    /// The own number of the newest packet so far.
    var newest: UInt64 { self.seen.highest &+ self.current.shift }

    /// The own number of a packet with this source number; nil when it must not be forwarded.
    mutating func admit(_ source: UInt64) -> UInt64? {
        guard self.note(source) else { return nil }
        if source >= self.current.floor { return source &+ self.current.shift }
        if source >= self.previous.floor { return source &+ self.previous.shift }
        return nil
    }

    /// A packet with this number carries nothing: later numbers close up over it.
    mutating func skip(_ source: UInt64) {
        guard self.seen.isStarted, source > self.seen.highest, self.note(source), source >= self.current.floor else {
            return
        }
        self.previous = self.current
        self.current = Segment(floor: source &+ 1, shift: self.current.shift &- 1)
    }

    /// Moves the window; answers whether this number is new.
    private mutating func note(_ source: UInt64) -> Bool {
        guard self.seen.isStarted else {
            self.begin(at: source, as: Self.start)
            return true
        }
        if source > self.seen.highest, source - self.seen.highest > Self.widestGap {
            self.restart(at: source)
            return true
        }
        switch self.seen.insert(source) {
        case .new:
            self.oldInARow = 0
            return true
        case .repeated:
            self.oldInARow = 0
            return false
        case .tooOld:
            self.oldInARow += 1
            guard self.oldInARow >= Self.oldBeforeRestart else { return false }
            self.restart(at: source)
            return true
        }
    }

    private mutating func restart(at source: UInt64) {
        self.begin(at: source, as: self.seen.highest &+ self.current.shift &+ 2)
    }

    private mutating func begin(at source: UInt64, as own: UInt64) {
        self.current = Segment(floor: source, shift: own &- source)
        self.previous = Segment(floor: .max, shift: 0)
        self.oldInARow = 0
        self.seen = NumberWindow()
        _ = self.seen.insert(source)
    }
}
