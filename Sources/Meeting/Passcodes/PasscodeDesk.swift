internal import Redaction
internal import Signalling

/// The passcode of one meeting, and who guessed at it.
package struct PasscodeDesk: Sendable {
    /// Nil = none is asked for.
    package private(set) var mark: PasscodeMark?
    /// It is not that of the registration any more.
    package private(set) var isChanged = false
    /// Counted also while nobody is in: coming back does not begin anew.
    var guesses = PasscodeGuesses()
    /// What later ones are hashed under, so that they can be kept as the registered one is; nil = each under its own.
    private let key: Redacted<[UInt8]>?

    /// A meeting's passcode, as registered, and the key of the meeting's passcodes, 32 bytes.
    package init(_ mark: PasscodeMark? = nil, key: [UInt8]? = nil) {
        self.mark = mark
        self.key = key.map { Redacted($0) }
    }

    /// Newcomers are asked for one.
    package var isRequired: Bool { self.mark != nil }

    /// Nothing is remembered of anybody who tried.
    package var hasNoGuesses: Bool { self.guesses.isEmpty }

    /// Another one from now on, or none.
    mutating func change(to passcode: Passcode?, using generator: inout some RandomNumberGenerator) {
        if let passcode, let key = self.key {
            self.mark = PasscodeMark(passcode, key: key.exposed)
        } else {
            self.mark = passcode.map { PasscodeMark($0, using: &generator) }
        }
        self.isChanged = true
        self.guesses.forgetProofs()
    }

    /// Drops what is too old, also while nobody comes.
    package mutating func forget(now: ContinuousClock.Instant) { self.guesses.forget(now: now) }
}
