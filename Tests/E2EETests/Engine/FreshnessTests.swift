import E2EE
import Testing

@Suite("How old a sign is")
struct FreshnessTests {
    private let key: [UInt8] = [1]
    private let nonce = [UInt8](repeating: 7, count: 16)

    @Test("before an answer nobody knows; after it a sign counts from when it was given")
    func measured() {
        var freshness = Freshness()
        #expect(freshness.isDue(now: 0, isSilent: false))
        #expect(freshness.moment(of: 500_000, by: self.key, now: 10_000) == nil)
        freshness.asked(self.nonce, now: 10_000)
        #expect(freshness.answered([self.nonce], 500_100, by: self.key, now: 10_200) == 10_000)
        #expect(!freshness.isDue(now: 99_000, isSilent: false) && freshness.isDue(now: 99_000, isSilent: true))
        #expect(freshness.moment(of: 505_100, by: self.key, now: 15_300) == 15_000)
        #expect(freshness.moment(of: 505_200, by: self.key, now: 60_000) == 15_100, "kept for 45 seconds")
        #expect(freshness.moment(of: 505_300, by: [2], now: 60_000) == nil, "that was another's clock")
        #expect(!freshness.isDue(now: 99_000, isSilent: false), "none of that is a reason to ask")
        #expect(freshness.moment(of: 1_100_000, by: self.key, now: 610_199) == 609_900)
        #expect(freshness.moment(of: 1_100_100, by: self.key, now: 610_200) == nil, "clocks part in ten minutes")
    }

    @Test("whoever slept forgets what was measured, and what was asked")
    func forgotten() {
        var freshness = Freshness()
        freshness.asked(self.nonce, now: 1_000)
        _ = freshness.answered([self.nonce], 1_000, by: self.key, now: 1_000)
        freshness.asked(self.nonce, now: 9_000)
        freshness.forget()
        #expect(freshness.moment(of: 9_000, by: self.key, now: 9_000) == nil)
        #expect(freshness.answered([self.nonce], 9_001, by: self.key, now: 9_100) == nil)
        #expect(freshness.isDue(now: 9_100, isSilent: false))
    }

    @Test("only an answer to one of the last two questions counts")
    func questions() {
        var freshness = Freshness()
        for number in 0..<3 as Range<UInt8> {
            freshness.asked([UInt8](repeating: number, count: 16), now: UInt64(number) * 1_000)
        }
        let nonces = (0..<3 as Range<UInt8>).map { [UInt8](repeating: $0, count: 16) }
        #expect(freshness.answered([nonces[0]], 1, by: self.key, now: 3_000) == nil)
        #expect(freshness.answered([self.nonce], 1, by: self.key, now: 3_000) == nil)
        #expect(freshness.answered([], 1, by: self.key, now: 3_000) == nil)
        #expect(freshness.answered([self.nonce, nonces[1]], 1, by: self.key, now: 3_000) == 1_000)
        #expect(freshness.answered([nonces[2]], 2, by: self.key, now: 3_000) == 2_000)
    }

    @Test("questions become rarer while nobody answers, and often again after an answer")
    func pauses() {
        var freshness = Freshness()
        var times: [UInt64] = []
        for now in stride(from: 0, through: 40_000, by: 250) as StrideThrough<UInt64>
        where freshness.isDue(now: now, isSilent: true) {
            times.append(now)
            freshness.asked(self.nonce, now: now)
        }
        #expect(times == [0, 1_000, 3_000, 7_000, 15_000, 23_000, 31_000, 39_000])
        #expect(freshness.answered([self.nonce], 1, by: self.key, now: 40_000) != nil)
        freshness.asked(self.nonce, now: 50_000)
        #expect(!freshness.isDue(now: 50_999, isSilent: true) && freshness.isDue(now: 51_000, isSilent: true))
        freshness.asked(self.nonce, now: 51_000)
        freshness.missed(now: 51_100)
        #expect(!freshness.isDue(now: 51_349, isSilent: true) && freshness.isDue(now: 51_350, isSilent: true))
    }

    @Test("a sign from the future ends what was measured; a clock that fell behind only makes signs older")
    func clocksThatPart() {
        var freshness = Freshness()
        freshness.asked(self.nonce, now: 1_000)
        _ = freshness.answered([self.nonce], 1_000, by: self.key, now: 1_000)
        #expect(freshness.moment(of: 11_000, by: self.key, now: 10_000) == 10_000, "less than the tolerance")
        #expect(freshness.moment(of: 4_000, by: self.key, now: 10_000) == 4_000)
        #expect(freshness.moment(of: 13_000, by: self.key, now: 10_000) == nil)
        #expect(freshness.moment(of: 9_000, by: self.key, now: 10_000) == nil, "not measured any more")
    }

    @Test("a quick answer is kept when a slow one agrees with it, and replaced when it does not")
    func exact() {
        var freshness = Freshness()
        freshness.asked(self.nonce, now: 1_000)
        _ = freshness.answered([self.nonce], 1_000, by: self.key, now: 1_010)
        freshness.asked(self.nonce, now: 20_000)
        #expect(freshness.answered([self.nonce], 24_000, by: self.key, now: 25_000) == 24_000)
        #expect(freshness.moment(of: 30_000, by: self.key, now: 30_500) == 30_000)
        // Theirs stood still for ten seconds.
        freshness.asked(self.nonce, now: 40_000)
        #expect(freshness.answered([self.nonce], 30_100, by: self.key, now: 40_200) == 40_000)
        #expect(freshness.moment(of: 31_100, by: self.key, now: 41_000) == 41_000)
    }

    @Test(
        "times that are none trap nothing",
        arguments: [0, 1, UInt64(Int64.max) - 1, UInt64(Int64.max), UInt64(Int64.max) + 1, .max])
    func hostileTimes(_ theirs: UInt64) {
        var freshness = Freshness()
        for now in [0, 5_000, 1 << 50] as [UInt64] {
            freshness.asked(self.nonce, now: now)
            _ = freshness.answered([self.nonce], theirs, by: self.key, now: now)
            for other in [0, 1, theirs, UInt64(Int64.max), .max] as [UInt64] {
                if let moment = freshness.moment(of: other, by: self.key, now: now) { #expect(moment <= now) }
            }
        }
    }
}
