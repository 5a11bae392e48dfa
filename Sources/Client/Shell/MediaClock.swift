internal import Glibc
internal import MediaCore

/// The one place of this module that reads clocks for media.
enum MediaClock {
    /// Now, on the monotonic clock.
    static func now() -> MediaTime {
        let time = Self.read(CLOCK_MONOTONIC)
        return MediaTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// Now, in Unix milliseconds: for lifetimes of keys, and for showing.
    static func unixMilliseconds() -> UInt64 {
        let time = Self.read(CLOCK_REALTIME)
        return UInt64(max(0, time.tv_sec)) * 1_000 + UInt64(max(0, time.tv_nsec)) / 1_000_000
    }

    /// NTP time at `MediaTime.zero`, in 1/2^32 s since 1900, for sender reports.
    static func wallClockOffset() -> UInt64 {
        let wall = Self.read(CLOCK_REALTIME)
        // Seconds from 1900 to 1970 (RFC 5905 §6).
        let seconds = UInt64(wall.tv_sec) &+ 2_208_988_800
        let ntp = seconds << 32 | (UInt64(wall.tv_nsec) << 32) / 1_000_000_000
        let monotonic = UInt64(max(0, Self.now().nanoseconds))
        let whole = monotonic / 1_000_000_000
        let rest = ((monotonic % 1_000_000_000) << 32) / 1_000_000_000
        return ntp &- (whole << 32 | rest)
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        // SAFETY: the call writes one timespec that lives on the stack.
        unsafe clock_gettime(clock, &time)
        return time
    }
}
