/// A moment of the calendar, in whole seconds: for what outlives the program. The composition root reads the clock.
package struct WallTime: Hashable, Comparable, Sendable {
    /// Seconds of Unix time.
    package let seconds: Int

    /// A moment.
    package init(seconds: Int) { self.seconds = seconds }

    /// Which comes first.
    package static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }

    /// Later by so many whole seconds; nothing goes beyond the end of time.
    package static func + (time: Self, span: Duration) -> Self {
        let (sum, isTooLate) = time.seconds.addingReportingOverflow(Int(clamping: span.components.seconds))
        return Self(seconds: isTooLate ? .max : sum)
    }
}
