internal import MediaCore

/// Maps one publisher's clock to ours, for lip-sync (`media.md` 3.3): the offset is the sliding 60 s minimum of
/// (arrival - sender's NTP time), the same for everything this publisher sends, so voice and picture shift together.
struct PublisherClock: BitwiseCopyable {
    /// Six buckets of ten seconds make the sliding minute.
    private static let bucketSpan: Int64 = 10_000_000_000
    /// A sender report moves the offset by no more than this: a jump is heard.
    private static let step: Int64 = 1_000_000
    /// The publisher's clock was set, not drifted: creeping there at 1 ms a report would take minutes.
    private static let clockWasSet: Int64 = 500_000_000

    private var minima = InlineArray<6, Int64>(repeating: .max)
    private var bucket: Int64 = 0
    private var offset: Int64 = 0
    private var isKnown = false

    /// Our time for the sender's NTP time of a report that arrived at `arrival`.
    mutating func time(ofReport ntp: UInt64, arrival: MediaTime) -> MediaTime {
        let sent = Self.nanoseconds(ntp)
        let sample = arrival.nanoseconds &- sent
        if self.isKnown, abs(sample.subtractingReportingOverflow(self.offset).partialValue / 2) > Self.clockWasSet / 2 {
            self.isKnown = false
        }
        if !self.isKnown { self.minima = InlineArray(repeating: .max) }
        let target = self.slidingMinimum(with: sample, at: arrival)
        if self.isKnown {
            self.offset &+= min(max(target &- self.offset, -Self.step), Self.step)
        } else {
            self.offset = target
            self.isKnown = true
        }
        return MediaTime(nanoseconds: sent &+ self.offset)
    }

    private mutating func slidingMinimum(with sample: Int64, at arrival: MediaTime) -> Int64 {
        let bucket = arrival.nanoseconds / Self.bucketSpan
        let passed = min(max(0, bucket &- self.bucket), 6)
        for step in 0..<passed { self.minima[Self.index(bucket &- step)] = .max }
        self.bucket = max(self.bucket, bucket)
        let index = Self.index(bucket)
        self.minima[index] = min(self.minima[index], sample)
        var lowest = Int64.max
        for index in 0..<6 { lowest = min(lowest, self.minima[index]) }
        return lowest
    }

    /// A place in the ring of buckets, also for a time before the clock's start.
    private static func index(_ bucket: Int64) -> Int { Int(((bucket % 6) + 6) % 6) }

    /// 1/2^32 s to nanoseconds; 2^32 seconds are 4.3e18 ns and fit.
    static func nanoseconds(_ ntp: UInt64) -> Int64 {
        Int64(ntp >> 32) &* 1_000_000_000 &+ Int64(((ntp & 0xFFFF_FFFF) &* 1_000_000_000) >> 32)
    }
}
