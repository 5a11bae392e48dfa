/// How long the texts around an account may be, and how many there are of a thing. They are far above what people have.
package enum AccountLimits {
    /// Of an address as it is typed.
    static let email = TextForm.line(3...254)
    /// Of a name.
    static let name = TextForm.line(1...80)
    /// Of a password as it is typed; the rules for a new one are narrower and say what is wrong.
    static let password = TextForm.line(1...512)
    /// Of a code of an app or a recovery code, with what people put between.
    static let code = TextForm.ascii(6...40)
    /// Bytes of a sealed card.
    package static let cardBytes = 1...8_192
    /// How long a planned meeting may be: a day.
    package static let minutes = 1...1_440
    /// Seconds of Unix time that a plan may name: until the year 2100.
    package static let starts = 0...4_102_444_800
    /// Passkeys of one account.
    package static let passkeys = 10
    /// Recovery codes made at once.
    package static let recoveryCodes = 10
    /// Planned meetings of one account.
    package static let plannedMeetings = 500
    /// Bytes of a credential's id (WebAuthn §4).
    package static let credentialBytes = 1...1_023
    /// Bytes of what a browser says about a passkey; real ones have a few hundred.
    package static let passkeyBytes = 1...4_096
}
