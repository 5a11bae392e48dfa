/// When the endpoint's own RTCP is due, and the wall clock its sender reports show.
struct ReportClock {
    /// NTP time (1/2^32 s since 1900) at `MediaTime.zero`. It comes in once; nobody below reads a clock.
    let wallClockOffset: UInt64
    private(set) var reportsDue = MediaTime.never
    private(set) var feedbackDue = MediaTime.never
    /// Streams still to report in the round that is under way.
    var cursor = 0
    var isRound = false

    init(now: MediaTime, wallClockOffset: UInt64) { self.wallClockOffset = wallClockOffset }

    mutating func start(now: MediaTime) {
        self.reportsDue = now + EndpointLimits.reportInterval
        self.feedbackDue = now + EndpointLimits.feedbackInterval
    }

    mutating func beginRound(now: MediaTime) {
        self.reportsDue = now + EndpointLimits.reportInterval
        self.isRound = true
        self.cursor = 0
    }

    mutating func feedbackSent(now: MediaTime) { self.feedbackDue = now + EndpointLimits.feedbackInterval }

    var deadline: MediaTime { self.isRound ? .zero : min(self.reportsDue, self.feedbackDue) }

    /// NTP time at `now`: seconds in the upper half, fractions in the lower.
    func ntp(_ now: MediaTime) -> UInt64 {
        let nanoseconds = UInt64(bitPattern: max(0, now.nanoseconds))
        let seconds = nanoseconds / 1_000_000_000
        let fraction = ((nanoseconds % 1_000_000_000) << 32) / 1_000_000_000
        return self.wallClockOffset &+ (seconds << 32) &+ fraction
    }
}
