internal import Crypto
internal import Foundation
internal import Meeting
package import Redaction

/// Slows down whoever opens WebSockets faster than people do. It counts by a keyed hash of the network prefix
/// (`privacy.md` 4.5): the key is random, in memory, new every ten minutes, and what was counted under the one before it
/// is kept for one period. Nothing is written, nothing can be turned back into an address.
package struct JoinLimiter: Sendable {
    /// A whole class behind one address, at once; a guest opens two, the first to hear whether a passcode is asked.
    private static let burst = 120
    private static let perSecond = 2.0
    private static let period = Duration.seconds(600)
    /// Above this the older half of the counts is forgotten: memory is bounded, whoever asks.
    private static let countsAtMost = 50_000

    private struct Generation {
        let key: SymmetricKey
        let since: ContinuousClock.Instant
        var buckets: [UInt64: TokenBucket] = [:]
    }

    private var current: Generation?
    private var previous: Generation?

    /// Nobody counted yet.
    package init() {}

    /// Nil = come in; otherwise the seconds to wait.
    package mutating func admit(
        _ prefix: Redacted<[UInt8]>, now: ContinuousClock.Instant, using generator: inout some RandomNumberGenerator
    ) -> Int? {
        self.forget(now: now)
        if (self.current?.buckets.count ?? 0) >= Self.countsAtMost { self.turnOver() }
        var generation = self.current ?? Self.generation(now: now, using: &generator)
        let count = Self.count(prefix, generation.key)
        let known = generation.buckets[count] ?? self.previous.flatMap { $0.buckets[Self.count(prefix, $0.key)] }
        var bucket = known ?? TokenBucket(burst: Self.burst, perSecond: Self.perSecond, now: now)
        let fits = bucket.take(now: now)
        generation.buckets[count] = bucket
        self.current = generation
        return fits ? nil : bucket.retrySeconds
    }

    /// Drops keys and counts whose time is over, also while nobody comes: whoever owns this calls it now and then.
    package mutating func forget(now: ContinuousClock.Instant) {
        if let current = self.current, current.since + Self.period <= now { self.turnOver() }
        // That of a period ago is kept until its successor is as old.
        if let previous = self.previous, previous.since + Self.period * 2 <= now { self.previous = nil }
    }

    /// Whether anything is remembered of anybody.
    package var isEmpty: Bool { self.current == nil && self.previous == nil }

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

    private static func count(_ prefix: Redacted<[UInt8]>, _ key: SymmetricKey) -> UInt64 {
        let code = HMAC<SHA256>.authenticationCode(for: Array("joins".utf8) + prefix.exposed, using: key)
        return code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
