internal import Foundation
package import Meeting

/// The two clocks that accounts go by: the calendar, for what outlives the program, and one that is never set, for pauses.
package struct DeskClock: Sendable {
    let wall: @Sendable () -> WallTime
    let instant: @Sendable () -> ContinuousClock.Instant

    /// Clocks of a test's own.
    package init(
        wall: @escaping @Sendable () -> WallTime, instant: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.wall = wall
        self.instant = instant
    }

    /// Those of the machine.
    package static let system = Self(
        wall: { WallTime(seconds: Int(Date.now.timeIntervalSince1970)) }, instant: { .now })
}
