/// A link that waits to be used, as an admin sees it. What stands behind its # nobody is told again.
package struct LinkSummary: Equatable, Sendable {
    /// To take it back by.
    package var id: LinkID
    /// Whose password it renews; absent for an invitation.
    package var account: AccountID?
    /// The admin who made it; absent for one that was made at the machine itself.
    package var maker: AccountID?
    /// What whoever is invited will be; empty for a renewal.
    package var roles: [AccountRole]
    /// Seconds of Unix time after which it opens nothing.
    package var expires: Int

    /// A link that waits to be used.
    package init(id: LinkID, account: AccountID?, maker: AccountID?, roles: [AccountRole], expires: Int) {
        self.id = id
        self.account = account
        self.maker = maker
        self.roles = roles
        self.expires = expires
    }

    static let record = Record<Self>(
        "LinkSummary", Self.init, .required("id", \.id, .id), .optional("account", \.account, .id),
        .optional("maker", \.maker, .id),
        .required("roles", \.roles, .list(.choice, atMost: AccountRole.allCases.count)),
        .required("expires", \.expires, .whole(AccountLimits.starts)))
}

/// Some links that wait, in the order of their ids, which is none that means anything.
package struct LinkList: Equatable, Sendable {
    /// As many as fit into one answer.
    package static let atMost = 50

    /// The links.
    package var links: [LinkSummary]
    /// After which the next answer begins; absent where these are the last.
    package var next: LinkID?

    /// Some links.
    package init(links: [LinkSummary], next: LinkID?) {
        self.links = links
        self.next = next
    }
}

extension LinkList: RecordBody {
    static let record = Record<Self>(
        "LinkList", Self.init, .required("links", \.links, .list(LinkSummary.record.shape, atMost: Self.atMost)),
        .optional("next", \.next, .id))
}
