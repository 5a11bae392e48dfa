/// Lets somebody do a thing so often, with a burst, and says how long to wait beyond that. It has no clock.
package struct TokenBucket: Sendable {
    private let burst: Double
    private let perSecond: Double
    private var tokens: Double
    private var filledAt: ContinuousClock.Instant

    /// A full bucket.
    package init(burst: Int, perSecond: Double, now: ContinuousClock.Instant) {
        self.burst = Double(burst)
        self.perSecond = perSecond
        self.tokens = Double(burst)
        self.filledAt = now
    }

    /// Takes one token; false = too fast, and nothing is taken.
    package mutating func take(now: ContinuousClock.Instant) -> Bool {
        if now > self.filledAt {
            let elapsed = (now - self.filledAt) / .seconds(1)
            self.tokens = min(self.burst, self.tokens + elapsed * self.perSecond)
            self.filledAt = now
        }
        guard self.tokens >= 1 else { return false }
        self.tokens -= 1
        return true
    }

    /// Whole seconds until the next token, at least one.
    package var retrySeconds: Int {
        max(1, Int(((1 - self.tokens) / self.perSecond).rounded(.up)))
    }
}
