import Edge
import Redaction
import Testing

@Suite("How fast one network may join")
struct JoinLimiterTests {
    private struct Counter: RandomNumberGenerator {
        var state: UInt64 = 0

        mutating func next() -> UInt64 {
            self.state &+= 0x9E37_79B9_7F4A_7C15
            return self.state
        }
    }

    /// How many of `tries` get in.
    private static func admitted(
        _ limiter: inout JoinLimiter, _ prefix: [UInt8], _ tries: Int, now: ContinuousClock.Instant
    ) -> Int {
        var generator = Counter()
        var count = 0
        for _ in 0..<tries where limiter.admit(Redacted(prefix), now: now, using: &generator) == nil { count += 1 }
        return count
    }

    @Test("sixty come in at once with two connections each, then two a second; another network is not affected")
    func limit() {
        let start = ContinuousClock.now
        var limiter = JoinLimiter()
        let first = Self.admitted(&limiter, [192, 0, 2, 1], 200, now: start)
        let later = Self.admitted(&limiter, [192, 0, 2, 1], 200, now: start + .seconds(5))
        let other = Self.admitted(&limiter, [192, 0, 2, 2], 200, now: start + .seconds(5))
        #expect([first, later, other] == [120, 10, 120])
    }

    @Test("a new key does not forget who was just counted, the one after it does")
    func keys() {
        let start = ContinuousClock.now
        var limiter = JoinLimiter()
        _ = Self.admitted(&limiter, [192, 0, 2, 9], 1, now: start)
        let before = Self.admitted(&limiter, [192, 0, 2, 1], 200, now: start + .seconds(599))
        let after = Self.admitted(&limiter, [192, 0, 2, 1], 200, now: start + .seconds(601))
        #expect(before == 120)
        #expect(after == 4)
    }

    @Test("keys and counts go when their time is over, also while nobody comes; an old one is not taken up again")
    func forgotten() {
        let start = ContinuousClock.now
        var limiter = JoinLimiter()
        _ = Self.admitted(&limiter, [192, 0, 2, 1], 200, now: start)
        limiter.forget(now: start + .seconds(1_199))
        #expect(!limiter.isEmpty)
        limiter.forget(now: start + .seconds(1_200))
        #expect(limiter.isEmpty)
        // After a quiet night with nobody to forget anything, what was counted the day before counts no more.
        var other = JoinLimiter()
        _ = Self.admitted(&other, [192, 0, 2, 1], 200, now: start)
        _ = Self.admitted(&other, [192, 0, 2, 9], 1, now: start + .seconds(40_000))
        other.forget(now: start + .seconds(40_000))
        #expect(!other.isEmpty)
        other.forget(now: start + .seconds(41_200))
        #expect(other.isEmpty)
    }

    @Test("addresses are read as the system writes them")
    func addresses() {
        #expect(IPText.bytes(of: "192.0.2.1") == [192, 0, 2, 1])
        #expect(IPText.bytes(of: "::ffff:192.0.2.1") == [192, 0, 2, 1])
        #expect(IPText.bytes(of: "::1") == [UInt8](repeating: 0, count: 15) + [1])
        #expect(IPText.bytes(of: "2001:db8::a:1") == [0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0A, 0, 1])
        #expect(IPText.bytes(of: "fe80::1%eth0")?.count == 16)
        #expect(IPText.bytes(of: "1:2:3:4:5:6:7:8")?.count == 16)
        for text in ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1:2", "1::2::3", "x", ":::", "1:2:3:4:5:6:7:8:9"] {
            #expect(IPText.bytes(of: text) == nil, "\(text)")
        }
    }
}
