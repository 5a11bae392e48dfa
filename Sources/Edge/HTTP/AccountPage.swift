/// The pages around accounts: the same page as every other, whose program reads the path. What stands behind # in a one-time
/// link stays there, where no server sees it; where such links lead is `LinkKind.page`.
package enum AccountPage: String, CaseIterable, Sendable {
    /// The first account.
    case setUp = "/setup"
    /// Another account.
    case invited = "/invited"
    /// A new password by a link.
    case renew = "/renew"
    /// Address and password, a passkey, the second step.
    case signIn = "/sign-in"
    /// One's own account, and for whoever looks after them those of others.
    case account = "/account"
}
