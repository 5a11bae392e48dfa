package import Redaction

/// Gives the password again, before something dangerous.
package struct PasswordConfirmation: Equatable, Sendable {
    /// As it was typed.
    package var password: Redacted<String>

    /// Gives the password again.
    package init(password: Redacted<String>) { self.password = password }
}

extension PasswordConfirmation: RecordBody {
    static let record = Record<Self>(
        "PasswordConfirmation", Self.init,
        .required("password", \.password, .redacted(AccountLimits.password)))
}

/// Puts a new password in the place of the old one.
package struct PasswordChange: Equatable, Sendable {
    /// The old one, as it was typed.
    package var current: Redacted<String>
    /// The new one, as it was typed.
    package var new: Redacted<String>

    /// Puts a new password in the place of the old one.
    package init(current: Redacted<String>, new: Redacted<String>) {
        self.current = current
        self.new = new
    }
}

extension PasswordChange: RecordBody {
    static let record = Record<Self>(
        "PasswordChange", Self.init, .required("current", \.current, .redacted(AccountLimits.password)),
        .required("new", \.new, .redacted(AccountLimits.password)))
}

/// A new password by a renewal link, for whoever forgot theirs.
package struct PasswordRenewal: Equatable, Sendable {
    /// Of the link.
    package var token: LinkToken
    /// The new one, as it was typed.
    package var password: Redacted<String>

    /// A new password by a link.
    package init(token: LinkToken, password: Redacted<String>) {
        self.token = token
        self.password = password
    }
}

extension PasswordRenewal: RecordBody {
    static let record = Record<Self>(
        "PasswordRenewal", Self.init, .required("token", \.token, .id),
        .required("password", \.password, .redacted(AccountLimits.password)))
}
