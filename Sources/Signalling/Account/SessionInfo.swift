package import Redaction

/// Who is signed in, as they see it themselves.
package struct SessionInfo: Equatable, Sendable {
    /// The account.
    package var account: AccountID
    /// Its address.
    package var email: Redacted<String>
    /// Its holder's name.
    package var name: Redacted<String>
    /// What they are.
    package var roles: [AccountRole]
    /// Recovery codes left; absent where no codes are asked for.
    package var recoveryCodes: Int?
    /// How many passkeys there are.
    package var passkeys: Int
    /// When the password was renewed by a link last, in seconds of Unix time; absent for never. Whoever did not do that knows
    /// that somebody else did.
    package var renewed: Int?
    /// Whether the password was given within the last minutes, as dangerous things need it.
    package var confirmed: Bool
    /// Which measures the organisation requires of planned meetings; absent for none.
    package var required: [SafetyMeasure]?

    /// Who is signed in.
    package init(
        account: AccountID, email: Redacted<String>, name: Redacted<String>, roles: [AccountRole], recoveryCodes: Int?,
        passkeys: Int, renewed: Int?, confirmed: Bool, required: [SafetyMeasure]? = nil
    ) {
        self.account = account
        self.email = email
        self.name = name
        self.roles = roles
        self.recoveryCodes = recoveryCodes
        self.passkeys = passkeys
        self.renewed = renewed
        self.confirmed = confirmed
        self.required = required
    }
}

extension SessionInfo: RecordBody {
    static let record = Record<Self>(
        "SessionInfo", Self.init, .required("account", \.account, .id),
        .required("email", \.email, .redacted(AccountLimits.email)),
        .required("name", \.name, .redacted(AccountLimits.name)),
        .required("roles", \.roles, .list(.choice, atMost: AccountRole.allCases.count)),
        .optional("recoveryCodes", \.recoveryCodes, .whole(0...AccountLimits.recoveryCodes)),
        .required("passkeys", \.passkeys, .whole(0...AccountLimits.passkeys)),
        .optional("renewed", \.renewed, .whole(AccountLimits.starts)),
        .required("confirmed", \.confirmed, .bool),
        .optional("required", \.required, .list(.choice, atMost: SafetyMeasure.allCases.count)))
}
