/// When something goes. There is no rule "for ever" (`privacy.md` 3.1), and every duration has a ceiling in code.
package enum Retention: Equatable, Sendable {
    /// What ends or counts.
    package enum Event: Sendable {
        /// The account is closed.
        case accountClosed
        /// The last time that a sign-in was used.
        case lastUse
        /// The thing was made.
        case made
        /// The meeting is over; one that was planned, by its plan.
        case meetingEnd
        /// The browser is closed.
        case browserClosed
        /// The installation is taken down: its folder is deleted.
        case installationRemoved
        /// A second step, a passkey, a link or an installed program is taken away or used.
        case takenAway
    }

    /// Gone with the event.
    case untilEvent(Event)
    /// Gone so long after the event, and never later than the ceiling, whatever anybody sets.
    case afterEvent(Event, Duration, ceiling: Duration)
    /// Gone with the account.
    case whileAccount
    /// Gone with the row or file it belongs to.
    case whileParent
}

extension Duration {
    /// 24 hours each: rules of retention know no summer time.
    static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
    static func hours(_ count: Int) -> Duration { .seconds(count * 3_600) }
}
