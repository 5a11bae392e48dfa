/// Wrong passcodes of one connection, or of one network, and the pause after them: the first ones go by, and each later one
/// pauses twice as long as the one before, never for ever. It has no clock.
struct WrongTries: Sendable {
    private static let firstPause = 30, longestPause = 900

    private(set) var count = 0
    private(set) var last: ContinuousClock.Instant?
    private var until: ContinuousClock.Instant?

    /// Seconds to wait; nil = none.
    func wait(now: ContinuousClock.Instant) -> Int? {
        self.until.flatMap { $0 > now ? ($0 - now).wholeSeconds : nil }
    }

    /// One more; so many go by without a pause.
    mutating func add(free: Int, now: ContinuousClock.Instant) {
        self.count += 1
        self.last = now
        guard self.count >= free else { return }
        let pause = min(Self.longestPause, Self.firstPause << min(self.count - free, 5))
        self.until = now + .seconds(pause)
    }

    /// So many were mistyped by somebody who knows it. A pause that began lasts all the same.
    mutating func forgive(_ count: Int) { self.count = max(0, self.count - count) }
}

extension Duration {
    /// For whoever has to wait: rounded up, at least one.
    var wholeSeconds: Int { max(1, Int((self / .seconds(1)).rounded(.up))) }
}
