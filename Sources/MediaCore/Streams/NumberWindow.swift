/// Which numbers of a stream came in, over the last 1,024. SRTP's replay window keeps out copies of one packet; this one
/// also tells that a packet came twice because its retransmission, under another SSRC, crossed it on the way.
package struct NumberWindow: Sendable, BitwiseCopyable {
    /// What a number is to the window.
    package enum Answer: Sendable, Equatable {
        /// Seen for the first time; remembered from now on.
        case new
        /// Seen before.
        case repeated
        /// Too far back to tell.
        case tooOld
    }

    /// Numbers remembered.
    package static let size: UInt64 = 1_024

    private var bits = InlineArray<16, UInt64>(repeating: 0)
    /// The highest number that came in; 0 before the first.
    package private(set) var highest: UInt64 = 0
    /// Something came in.
    package private(set) var isStarted = false

    /// Nothing came in yet.
    package init() {}

    /// Notes a number and answers what it was.
    package mutating func insert(_ number: UInt64) -> Answer {
        if !self.isStarted || number > self.highest {
            self.advance(to: number)
            self.set(number)
            return .new
        }
        guard self.highest - number < Self.size else { return .tooOld }
        guard !self.holds(number) else { return .repeated }
        self.set(number)
        return .new
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
            // Its place may still tell about the number a window ago.
            self.bits[Self.word(number)] &= ~(1 << (number & 63))
        }
        self.isStarted = true
        self.highest = number
    }

    private func holds(_ number: UInt64) -> Bool { self.bits[Self.word(number)] >> (number & 63) & 1 == 1 }
    private mutating func set(_ number: UInt64) { self.bits[Self.word(number)] |= 1 << (number & 63) }
    private static func word(_ number: UInt64) -> Int { Int(number % Self.size / 64) }
}
