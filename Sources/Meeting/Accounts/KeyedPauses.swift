internal import Crypto
internal import Foundation

/// Counts tries at something and lets them pause, longer each time, never for ever. It counts by a keyed hash
/// (`privacy.md` 4.5): the key is random, in memory, new every period; what was counted under the one before it is kept
/// for one period. It has no clock.
struct KeyedPauses: Sendable {
    /// How many tries go by, and how long the pauses are after them.
    struct Rule: Sendable {
        /// Tries before the first pause.
        let free: Int
        /// Each is twice as long as the one before it.
        let first: Duration
        let longest: Duration
        /// How long a key lasts, and so what was counted: one to two periods.
        let period: Duration
    }

    private struct Count {
        var tries = 0
        var until: ContinuousClock.Instant?
    }

    private struct Generation {
        let key: SymmetricKey
        let since: ContinuousClock.Instant
        var counts: [[UInt8]: Count] = [:]
    }

    /// Above this the older half is forgotten: memory is bounded, whoever tries.
    private static let countsAtMost = 50_000

    private let rule: Rule
    private var current: Generation?
    private var previous: Generation?

    init(_ rule: Rule) { self.rule = rule }

    /// Seconds to wait; nil = none.
    mutating func wait(_ what: [UInt8], now: ContinuousClock.Instant) -> Int? {
        self.forget(now: now)
        guard let until = self.count(of: what).until, until > now else { return nil }
        return max(1, Int(((until - now) / .seconds(1)).rounded(.up)))
    }

    /// Counts a try before its outcome is known, so that a thousand at the same time are a thousand.
    mutating func begin(
        _ what: [UInt8], now: ContinuousClock.Instant, using generator: inout some RandomNumberGenerator
    ) {
        self.forget(now: now)
        if (self.current?.counts.count ?? 0) >= Self.countsAtMost { self.turnOver() }
        var count = self.count(of: what)
        count.tries += 1
        if count.tries >= self.rule.free { count.until = now + self.pause(after: count.tries) }
        var generation = self.current ?? Self.generation(now: now, using: &generator)
        generation.counts[Self.mark(what, generation.key)] = count
        self.current = generation
    }

    /// The try was right: all that was counted is forgiven, or that one try.
    mutating func forgive(_ what: [UInt8], all: Bool) {
        var count = self.count(of: what)
        count.tries = all ? 0 : max(0, count.tries - 1)
        if count.tries < self.rule.free { count.until = nil }
        if let generation = self.current {
            self.current?.counts[Self.mark(what, generation.key)] = count.tries == 0 ? nil : count
        }
        if let generation = self.previous { self.previous?.counts[Self.mark(what, generation.key)] = nil }
    }

    /// Drops keys and counts whose time is over.
    mutating func forget(now: ContinuousClock.Instant) {
        if let current = self.current, current.since + self.rule.period <= now { self.turnOver() }
        if let previous = self.previous, previous.since + self.rule.period * 2 <= now { self.previous = nil }
    }

    private func count(of what: [UInt8]) -> Count {
        for generation in [self.current, self.previous] {
            guard let generation, let count = generation.counts[Self.mark(what, generation.key)] else { continue }
            return count
        }
        return Count()
    }

    private func pause(after tries: Int) -> Duration {
        var pause = self.rule.first
        for _ in self.rule.free..<tries where pause < self.rule.longest { pause *= 2 }
        return min(pause, self.rule.longest)
    }

    private mutating func turnOver() {
        self.previous = self.current
        self.current = nil
    }

    private static func generation(
        now: ContinuousClock.Instant, using generator: inout some RandomNumberGenerator
    ) -> Generation {
        var key: [UInt8] = []
        for _ in 0..<32 { key.append(UInt8.random(in: .min ... .max, using: &generator)) }
        return Generation(key: SymmetricKey(data: key), since: now)
    }

    private static func mark(_ what: [UInt8], _ key: SymmetricKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: what, using: key).prefix(16))
    }
}
