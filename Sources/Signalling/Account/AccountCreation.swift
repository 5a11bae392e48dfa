package import Redaction

/// Makes an account, with a set-up link or an invitation.
package struct AccountCreation: Equatable, Sendable {
    /// Of the link.
    package var token: LinkToken
    /// As it was typed.
    package var email: Redacted<String>
    /// How its holder wants to be called.
    package var name: Redacted<String>
    /// As it was typed.
    package var password: Redacted<String>

    /// Makes an account.
    package init(token: LinkToken, email: Redacted<String>, name: Redacted<String>, password: Redacted<String>) {
        self.token = token
        self.email = email
        self.name = name
        self.password = password
    }
}

extension AccountCreation: RecordBody {
    static let record = Record<Self>(
        "AccountCreation", Self.init, .required("token", \.token, .id),
        .required("email", \.email, .redacted(AccountLimits.email)),
        .required("name", \.name, .redacted(AccountLimits.name)),
        .required("password", \.password, .redacted(AccountLimits.password)))
}
