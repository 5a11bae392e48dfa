internal import Crypto
internal import Foundation
internal import Meeting
package import Redaction

/// Slows down whoever opens WebSockets faster than people do. It counts by a keyed hash of the network prefix
/// (`privacy.md` 4.5): the key is random, in memory, new every ten minutes, and what was counted under the one before it
/// is kept for one period. Nothing is written, nothing can be turned back into an address.
package struct JoinLimiter: Sendable {
    /// A whole class behind one address, at once.
    private static let burst = 60
    private static let perSecond = 2.0
    private static let period = Duration.seconds(600)
    /// Above this the older half of the counts is forgotten: memory is bounded, whoever asks.
    private static let countsAtMost = 50_000

    private struct Generation {
        let key: SymmetricKey
        var buckets: [UInt64: TokenBucket] = [:]
    }

    private var current: Generation?
    private var previous: Generation?
    private var since: ContinuousClock.Instant

    /// Nobody counted yet.
    package init(now: ContinuousClock.Instant) {
        self.since = now
    }

    /// Nil = come in; otherwise the seconds to wait.
    package mutating func admit(
        _ prefix: Redacted<[UInt8]>, now: ContinuousClock.Instant, using generator: inout some RandomNumberGenerator
    ) -> Int? {
        self.turnOver(now: now, using: &generator)
        guard var generation = self.current else { return nil }
        let count = Self.count(prefix, generation.key)
        let known = generation.buckets[count] ?? self.previous.flatMap { $0.buckets[Self.count(prefix, $0.key)] }
        var bucket = known ?? TokenBucket(burst: Self.burst, perSecond: Self.perSecond, now: now)
        let fits = bucket.take(now: now)
        generation.buckets[count] = bucket
        self.current = generation
        return fits ? nil : bucket.retrySeconds
    }

    private mutating func turnOver(now: ContinuousClock.Instant, using generator: inout some RandomNumberGenerator) {
        let isFull = (self.current?.buckets.count ?? 0) >= Self.countsAtMost
        guard self.current == nil || isFull || now >= self.since + Self.period else { return }
        self.previous = self.current
        var key: [UInt8] = []
        for _ in 0..<32 { key.append(UInt8.random(in: .min ... .max, using: &generator)) }
        self.current = Generation(key: SymmetricKey(data: key))
        self.since = now
    }

    private static func count(_ prefix: Redacted<[UInt8]>, _ key: SymmetricKey) -> UInt64 {
        let code = HMAC<SHA256>.authenticationCode(for: Array("joins".utf8) + prefix.exposed, using: key)
        return code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
