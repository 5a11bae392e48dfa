/// A point on the one monotonic clock of the media plane, in nanoseconds. Below `SFU` nobody reads a clock: every verb
/// takes the time as an argument, so that a test can run a meeting in virtual time (`media.md` 1.3).
public struct MediaTime: Comparable, Hashable, Sendable, BitwiseCopyable {
    /// Nanoseconds since an arbitrary start; never negative in practice, never compared across machines.
    public var nanoseconds: Int64

    /// The time `nanoseconds` after the clock's start.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// Later than any deadline: "nothing to wait for".
    public static let never = MediaTime(nanoseconds: .max)
    /// The clock's start.
    public static let zero = MediaTime(nanoseconds: 0)

    /// Whether `left` comes before `right`.
    public static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }
    /// The time `span` later; saturates at `never`.
    public static func + (left: Self, span: MediaSpan) -> Self {
        let (sum, overflow) = left.nanoseconds.addingReportingOverflow(span.nanoseconds)
        return overflow ? .never : Self(nanoseconds: sum)
    }
    /// The span from `right` to `left`, wrapping at the edges of the clock.
    public static func - (left: Self, right: Self) -> MediaSpan {
        MediaSpan(nanoseconds: left.nanoseconds &- right.nanoseconds)
    }
}

/// A length of time on the media clock, in nanoseconds.
public struct MediaSpan: Comparable, Hashable, Sendable, BitwiseCopyable {
    /// The length in nanoseconds; may be negative.
    public var nanoseconds: Int64

    /// A span of `nanoseconds`.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
    /// A span of whole seconds.
    public static func seconds(_ count: Int64) -> Self { Self(nanoseconds: count * 1_000_000_000) }
    /// A span of whole milliseconds.
    public static func milliseconds(_ count: Int64) -> Self { Self(nanoseconds: count * 1_000_000) }
    /// A span of whole microseconds.
    public static func microseconds(_ count: Int64) -> Self { Self(nanoseconds: count * 1_000) }

    /// Whole milliseconds, rounded towards zero.
    public var milliseconds: Int64 { self.nanoseconds / 1_000_000 }

    /// Whether `left` is shorter than `right`.
    public static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }
    /// The sum of two spans, wrapping.
    public static func + (left: Self, right: Self) -> Self { Self(nanoseconds: left.nanoseconds &+ right.nanoseconds) }
    /// `span` repeated `count` times, wrapping.
    public static func * (span: Self, count: Int64) -> Self { Self(nanoseconds: span.nanoseconds &* count) }
}
