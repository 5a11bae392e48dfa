package import Meeting

/// What the disk says of a planned meeting that somebody comes to.
package enum PlannedLookup: Equatable, Sendable {
    /// It can be joined.
    case registered(RegisteredMeeting)
    /// There is none, it cannot be joined yet, or its time is over.
    case absent
    /// It did not say.
    case unreadable
}
