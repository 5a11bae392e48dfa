/// The passcode of one meeting, and who guessed at it.
package struct PasscodeDesk: Sendable {
    /// Nil = none is asked for.
    package private(set) var mark: PasscodeMark?
    /// It is not that of the registration any more.
    package private(set) var isChanged = false
    /// Counted also while nobody is in: coming back does not begin anew.
    var guesses = PasscodeGuesses()

    /// A meeting's passcode, as registered.
    package init(_ mark: PasscodeMark? = nil) { self.mark = mark }

    /// Newcomers are asked for one.
    package var isRequired: Bool { self.mark != nil }

    /// Nothing is remembered of anybody who tried.
    package var hasNoGuesses: Bool { self.guesses.isEmpty }

    /// Another one from now on, or none.
    mutating func change(to mark: PasscodeMark?) {
        self.mark = mark
        self.isChanged = true
        self.guesses.forgetProofs()
    }

    /// Drops what is too old, also while nobody comes.
    package mutating func forget(now: ContinuousClock.Instant) { self.guesses.forget(now: now) }
}
