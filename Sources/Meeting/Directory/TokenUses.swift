package import Signalling

/// How often each meeting's token was used lately: whoever has one may have signatures verified and the disk written, but not
/// all the time. Only right tokens count, or strangers who know an id would be in the way of whoever made the meeting. It has no
/// clock.
package struct TokenUses: Sendable {
    private static let burst = 10
    private static let perSecond = 1.0
    /// After so long a bucket is full again.
    private static let refill = Duration.seconds(10)

    private struct Use {
        var bucket: TokenBucket
        var last: ContinuousClock.Instant
    }

    private var uses: [MeetingID: Use] = [:]

    /// None was used yet.
    package init() {}

    /// Counts one; nil = go on, otherwise the seconds to wait.
    package mutating func count(of id: MeetingID, now: ContinuousClock.Instant) -> Int? {
        var use =
            self.uses[id]
            ?? Use(bucket: TokenBucket(burst: Self.burst, perSecond: Self.perSecond, now: now), last: now)
        let fits = use.bucket.take(now: now)
        use.last = now
        self.uses[id] = use
        return fits ? nil : use.bucket.retrySeconds
    }

    /// Drops what counts no more: whoever owns this calls it now and then, so that there are no more than of the last seconds.
    package mutating func forget(now: ContinuousClock.Instant) {
        self.uses = self.uses.filter { now < $0.value.last + Self.refill }
    }

    /// Whether anything is counted.
    package var isEmpty: Bool { self.uses.isEmpty }
}
