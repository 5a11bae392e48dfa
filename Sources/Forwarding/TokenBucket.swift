package import MediaCore

/// So many now, so many per second after that.
package struct TokenBucket: BitwiseCopyable, Sendable {
    private let perSecond: Int64
    private let burst: Int64
    /// In 1/1,000,000,000 of a token, so that one nanosecond at one token a second counts.
    private var level: Int64
    private var filledAt = MediaTime.zero

    /// A full bucket.
    package init(burst: Int64, perSecond: Int64) {
        self.burst = burst
        self.perSecond = perSecond
        self.level = burst &* 1_000_000_000
    }

    /// Takes `count` tokens if there are as many.
    package mutating func take(_ count: Int64 = 1, now: MediaTime) -> Bool {
        // Anything longer than the time that fills it is as good as full; the cap also keeps the product in range.
        let passed = min(max(0, (now - self.filledAt).nanoseconds), self.burst &* 1_000_000_000 / self.perSecond &+ 1)
        if passed > 0 { self.filledAt = now }
        self.level = min(self.burst &* 1_000_000_000, self.level &+ passed &* self.perSecond)
        let price = count &* 1_000_000_000
        guard self.level >= price else { return false }
        self.level &-= price
        return true
    }
}
