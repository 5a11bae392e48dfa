internal import CLinux
internal import Glibc
internal import MediaCore

/// The only clock of the media plane.
enum MonotonicClock {
    static var now: MediaTime { MediaTime(nanoseconds: self.read(CLOCK_MONOTONIC)) }

    /// Nanoseconds since 1970 by the wall.
    static var realtime: Int64 { self.read(CLOCK_REALTIME) }

    /// NTP time (1/2^32 s since 1900) at `MediaTime.zero`, for sender reports.
    static func wallClockOffset() -> UInt64 {
        // RFC 5905 §6: 1970 began 2,208,988,800 s after the era of NTP.
        let nanoseconds = self.realtime &- self.now.nanoseconds
        let seconds = nanoseconds / 1_000_000_000 &+ 2_208_988_800
        let rest = nanoseconds % 1_000_000_000
        return UInt64(bitPattern: seconds) << 32 | UInt64(bitPattern: rest) << 32 / 1_000_000_000
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        // SAFETY: the kernel writes one timespec.
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
