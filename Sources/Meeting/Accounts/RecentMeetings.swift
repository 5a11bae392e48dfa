package import Signalling

/// How many meetings each host made within the last hour. It has no clock.
package struct RecentMeetings: Sendable {
    /// Meetings of one host within `period`.
    package static let atMost = 30
    /// For how long one counts.
    package static let period = Duration.seconds(3_600)

    /// When they were made, the oldest first.
    private var made: [AccountID: [ContinuousClock.Instant]] = [:]

    /// Nobody made any yet.
    package init() {}

    /// Counts one; nil = it may be made, otherwise the seconds to wait, and nothing is counted.
    package mutating func count(of account: AccountID, now: ContinuousClock.Instant) -> Int? {
        let recent = self.made[account, default: []].filter { now < $0 + Self.period }
        self.made[account] = recent
        if recent.count >= Self.atMost, let oldest = recent.first {
            return max(1, Int(((oldest + Self.period - now) / .seconds(1)).rounded(.up)))
        }
        self.made[account] = recent + [now]
        return nil
    }

    /// Drops what counts no more: whoever owns this calls it now and then, so that it holds no more accounts than made one
    /// lately.
    package mutating func forget(now: ContinuousClock.Instant) {
        self.made = self.made.mapValues { $0.filter { now < $0 + Self.period } }.filter { !$0.value.isEmpty }
    }

    /// An account was closed.
    package mutating func forget(_ account: AccountID) { self.made[account] = nil }

    /// Whether anything is remembered of anybody.
    package var isEmpty: Bool { self.made.isEmpty }
}
