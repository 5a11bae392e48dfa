package import Edge
internal import Meeting
internal import Persistence
internal import Privacy
internal import Redaction
package import Signalling

extension Desk {
    /// All accounts, some at a time.
    package func accounts(after id: AccountID?) async throws(AccountRefusal) -> AccountList {
        let accounts = try await self.kept { store throws(StorageFailure) in
            try await store.accounts(after: id, atMost: AccountList.atMost)
        }
        let summaries = try self.opened { () throws(SealFailure) in
            var summaries: [AccountSummary] = []
            for account in accounts {
                let email = try account.email.read(for: Authorise.self, self.ledger)
                let name = try account.name.read(for: Authorise.self, self.ledger)
                summaries.append(
                    AccountSummary(
                        account: account.id, email: Redacted(email), name: Redacted(name), roles: account.roles.list))
            }
            return summaries
        }
        let isFull = accounts.count == AccountList.atMost
        return AccountList(accounts: summaries, next: isFull ? accounts.last?.id : nil)
    }

    /// A link by which somebody makes an account.
    package func invite(_ invitation: Invitation) async throws(AccountRefusal) -> LinkMade {
        guard !invitation.roles.isEmpty else { throw AccountRefusal(.malformed) }
        return try await self.link(.invitation, roles: Roles(of: invitation.roles))
    }

    /// A link by which somebody chooses a new password.
    package func renewalLink(of account: AccountID) async throws(AccountRefusal) -> LinkMade {
        let known = try await self.kept { store throws(StorageFailure) in try await store.account(account) }
        guard known != nil else { throw AccountRefusal(.notFound) }
        return try await self.link(.renewal, of: account)
    }

    /// The same at the machine itself, by address; nil where there is no such account. Whoever is there may also take away
    /// the codes of an app that is lost.
    package func renewalLink(at typed: String, withoutCodes: Bool) async throws(AccountRefusal) -> LinkMade? {
        guard let address = AccountEmail.canonical(typed) else { return nil }
        let email = Personal<AccountEmail>(address)
        let account = try await self.kept { store throws(StorageFailure) in try await store.account(at: email) }
        guard let account else { return nil }
        if withoutCodes {
            try await self.kept { store throws(StorageFailure) in try await store.dropCodes(of: account.id) }
        }
        return try await self.link(.renewal, of: account.id)
    }

    /// Closes somebody's account.
    package func close(_ account: AccountID) async throws(AccountRefusal) {
        switch try await self.kept({ store throws(StorageFailure) in try await store.erase(account) }) {
        case .erased: self.log(.accountErased)
        case .unknown: throw AccountRefusal(.notFound)
        case .lastAdmin: throw AccountRefusal(.conflict)
        }
        self.offers[account] = nil
        self.steps = self.steps.filter { $0.value.account != account }
    }

    /// Closes one's own account.
    package func close(_ who: SignedIn) async throws(AccountRefusal) {
        try await self.close(who.account)
    }

    /// A one-time link.
    func link(
        _ kind: LinkKind, of account: AccountID? = nil, roles: Roles = []
    ) async throws(AccountRefusal) -> LinkMade {
        let token: LinkToken = self.random(LinkKind.tokenBytes)
        let now = self.clock.wall()
        try await self.kept { store throws(StorageFailure) in
            try await store.add(token, kind, account: account, roles: roles, now: now)
        }
        return LinkMade(token: token, expires: (now + kind.lifetime).seconds)
    }
}
