package import Redaction

/// Invites somebody to make an account.
package struct Invitation: Equatable, Sendable {
    /// What they will be.
    package var roles: [AccountRole]

    /// Invites somebody.
    package init(roles: [AccountRole]) { self.roles = roles }
}

extension Invitation: RecordBody {
    static let record = Record<Self>(
        "Invitation", Self.init,
        .required("roles", \.roles, .list(.choice, atMost: AccountRole.allCases.count)))
}

/// A one-time link, told once. The client puts the token behind # of the page it is for, so that it stays out of every
/// log.
package struct LinkMade: Equatable, Sendable {
    /// What stands behind #.
    package var token: LinkToken
    /// Seconds of Unix time after which it opens nothing.
    package var expires: Int

    /// A one-time link.
    package init(token: LinkToken, expires: Int) {
        self.token = token
        self.expires = expires
    }
}

extension LinkMade: RecordBody {
    static let record = Record<Self>(
        "LinkMade", Self.init, .required("token", \.token, .id),
        .required("expires", \.expires, .whole(AccountLimits.starts)))
}

/// An account as an admin sees it.
package struct AccountSummary: Equatable, Sendable {
    /// The account.
    package var account: AccountID
    /// Its address.
    package var email: Redacted<String>
    /// Its holder's name.
    package var name: Redacted<String>
    /// What they are.
    package var roles: [AccountRole]

    /// An account as an admin sees it.
    package init(account: AccountID, email: Redacted<String>, name: Redacted<String>, roles: [AccountRole]) {
        self.account = account
        self.email = email
        self.name = name
        self.roles = roles
    }

    static let record = Record<Self>(
        "AccountSummary", Self.init, .required("account", \.account, .id),
        .required("email", \.email, .redacted(AccountLimits.email)),
        .required("name", \.name, .redacted(AccountLimits.name)),
        .required("roles", \.roles, .list(.choice, atMost: AccountRole.allCases.count)))
}

/// Some accounts, in the order of their ids, which is none that means anything.
package struct AccountList: Equatable, Sendable {
    /// As many as fit into one answer.
    package static let atMost = 50

    /// The accounts.
    package var accounts: [AccountSummary]
    /// After whom the next answer begins; absent where these are the last.
    package var next: AccountID?

    /// Some accounts.
    package init(accounts: [AccountSummary], next: AccountID?) {
        self.accounts = accounts
        self.next = next
    }
}

extension AccountList: RecordBody {
    static let record = Record<Self>(
        "AccountList", Self.init,
        .required("accounts", \.accounts, .list(AccountSummary.record.shape, atMost: Self.atMost)),
        .optional("next", \.next, .id))
}
