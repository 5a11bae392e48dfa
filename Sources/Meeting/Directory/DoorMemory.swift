/// What is remembered of a meeting's door while nobody is connected, in memory only: otherwise whoever guesses at a passcode
/// would wait until the meeting is empty and begin anew.
package struct DoorMemory: Sendable {
    /// As it is now, which may be another one than that of the registration.
    package var passcode: PasscodeDesk
    /// What the guesses' networks are hashed under (`privacy.md` 4.5); nil when nothing is remembered of any.
    package private(set) var networkKey: [UInt8]?

    /// The door of before.
    package init(passcode: PasscodeDesk, networkKey: [UInt8]? = nil) {
        self.passcode = passcode
        self.networkKey = passcode.hasNoGuesses ? nil : networkKey
    }

    /// It is as the meeting was registered, and nobody tried.
    var isNothing: Bool { !self.passcode.isChanged && self.passcode.hasNoGuesses }

    /// Drops what is too old.
    mutating func forget(now: ContinuousClock.Instant) {
        self.passcode.forget(now: now)
        if self.passcode.hasNoGuesses { self.networkKey = nil }
    }
}
