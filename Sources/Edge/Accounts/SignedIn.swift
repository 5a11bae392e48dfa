package import Meeting
package import Signalling

/// Whoever makes a request, once their cookie was found to be one.
package struct SignedIn: Sendable {
    /// From the cookie.
    package let token: SessionToken
    /// Whose it is.
    package let account: AccountID
    /// What they are.
    package let roles: Roles
    /// Whether they gave their password a moment ago.
    package let isConfirmed: Bool

    /// Somebody who is signed in.
    package init(token: SessionToken, account: AccountID, roles: Roles, isConfirmed: Bool) {
        self.token = token
        self.account = account
        self.roles = roles
        self.isConfirmed = isConfirmed
    }
}

/// Somebody has just been signed in.
package struct NewSession: Sendable {
    /// For the cookie.
    package let token: SessionToken
    /// For the page.
    package let info: SessionInfo

    /// Somebody has just been signed in.
    package init(token: SessionToken, info: SessionInfo) {
        self.token = token
        self.info = info
    }
}

/// What came of a password that was right.
package enum PasswordOutcome: Sendable {
    /// They are in.
    case signedIn(NewSession)
    /// A code is needed as well.
    case secondStep(SecondStep)
}
