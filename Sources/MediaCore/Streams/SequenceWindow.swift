/// Which numbers of a stream came in, over the last 1,024. SRTP's replay window keeps out copies of one packet; this one
/// also tells that a packet came twice because its retransmission crossed it on the way.
struct SequenceWindow: Sendable, BitwiseCopyable {
    /// Numbers remembered.
    static let size: UInt64 = 1_024

    private var bits = InlineArray<16, UInt64>(repeating: 0)
    /// The highest number that came in; 0 before the first.
    private(set) var highest: UInt64 = 0
    /// Something came in.
    private(set) var isStarted = false

    /// True for a number seen for the first time; false for a repeated one and for one too old to tell.
    mutating func insert(_ number: UInt64) -> Bool {
        if !self.isStarted || number > self.highest {
            self.advance(to: number)
            self.set(number)
            return true
        }
        guard self.highest - number < Self.size, !self.holds(number) else { return false }
        self.set(number)
        return true
    }

    private mutating func advance(to number: UInt64) {
        if !self.isStarted || number - self.highest >= Self.size {
            self.bits = InlineArray(repeating: 0)
        } else {
            var skipped = self.highest + 1
            while skipped < number {
                self.bits[Self.word(skipped)] &= ~(1 << (skipped & 63))
                skipped += 1
            }
        }
        self.isStarted = true
        self.highest = number
    }

    private func holds(_ number: UInt64) -> Bool { self.bits[Self.word(number)] >> (number & 63) & 1 == 1 }
    private mutating func set(_ number: UInt64) { self.bits[Self.word(number)] |= 1 << (number & 63) }
    private static func word(_ number: UInt64) -> Int { Int(number % Self.size / 64) }
}
