/// How long somebody stays signed in (`privacy.md` 3.4), and how long a password given again counts.
package struct SignInLife: Equatable, Sendable {
    /// Not used for so long: over.
    package static let idle = Duration.seconds(12 * 3_600)
    /// Over then, however often it is used.
    package static let longest = Duration.seconds(30 * 86_400)
    /// For dangerous things.
    private static let confirmation = Duration.seconds(300)
    /// Use is written down as rarely as this, so that looking at a page writes nothing.
    private static let noteEvery = Duration.seconds(300)

    /// Since when.
    package let made: WallTime
    /// When it was used last, to five minutes.
    package let used: WallTime
    /// When the password was given last.
    package let confirmed: WallTime

    /// Of a sign-in that is kept.
    package init(made: WallTime, used: WallTime, confirmed: WallTime) {
        self.made = made
        self.used = used
        self.confirmed = confirmed
    }

    /// Whether it counts no more.
    package func isOver(now: WallTime) -> Bool {
        self.used + Self.idle <= now || self.made + Self.longest <= now
    }

    /// Whether the password was given a moment ago.
    package func isConfirmed(now: WallTime) -> Bool {
        now < self.confirmed + Self.confirmation
    }

    /// Whether that it is used has to be written down.
    package func wantsNote(now: WallTime) -> Bool {
        self.used + Self.noteEvery <= now
    }
}
