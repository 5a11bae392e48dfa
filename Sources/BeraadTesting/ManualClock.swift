public import MediaCore

/// Time that stands still until a test moves it: one clock for the media plane's `MediaTime` and for the meeting's
/// `ContinuousClock.Instant`, so that both tell the same story.
public struct ManualClock: Sendable {
    /// Now, for the media plane.
    public private(set) var mediaTime: MediaTime
    /// Now, for rules that take an instant.
    public private(set) var instant: ContinuousClock.Instant

    /// A clock that starts at `start` on the media plane.
    public init(start: MediaTime = .zero) {
        self.mediaTime = start
        self.instant = ContinuousClock.now
    }

    /// Lets `span` pass.
    public mutating func advance(by span: MediaSpan) {
        self.mediaTime = self.mediaTime + span
        self.instant = self.instant.advanced(by: .nanoseconds(span.nanoseconds))
    }

    /// Moves to `time`, unless that has passed already: time never runs back.
    public mutating func advance(to time: MediaTime) {
        guard time > self.mediaTime else { return }
        self.advance(by: time - self.mediaTime)
    }
}
