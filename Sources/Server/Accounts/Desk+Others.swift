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
    package func invite(_ who: SignedIn, _ invitation: Invitation) async throws(AccountRefusal) -> LinkMade {
        guard !invitation.roles.isEmpty else { throw AccountRefusal(.malformed) }
        let roles = Roles(of: invitation.roles)
        guard Permission.allowsLink(for: roles, to: who.roles) else { throw AccountRefusal(.forbidden) }
        return try await self.link(.invitation, roles: roles, by: who)
    }

    /// A link by which somebody chooses a new password.
    package func renewalLink(_ who: SignedIn, of account: AccountID) async throws(AccountRefusal) -> LinkMade {
        let known = try await self.kept { store throws(StorageFailure) in try await store.account(account) }
        guard let known else { throw AccountRefusal(.notFound) }
        guard Permission.allowsLink(for: known.roles, to: who.roles) else { throw AccountRefusal(.forbidden) }
        return try await self.link(.renewal, of: account, by: who)
    }

    /// Links that nobody has used yet, some at a time.
    package func links(after id: LinkID?) async throws(AccountRefusal) -> LinkList {
        let now = self.now()
        let links = try await self.kept { store throws(StorageFailure) in
            try await store.links(after: id, atMost: LinkList.atMost, now: now)
        }
        return LinkList(links: links, next: links.count == LinkList.atMost ? links.last?.id : nil)
    }

    /// Takes a link back.
    package func remove(_ link: LinkID) async throws(AccountRefusal) {
        let isRemoved = try await self.kept { store throws(StorageFailure) in try await store.removeLink(link) }
        guard isRemoved else { throw AccountRefusal(.notFound) }
    }

    /// The same at the machine itself, by address; nil where there is no such account. Whoever is there may also take away
    /// the codes of an app that is lost.
    package func renewalLink(at typed: String, withoutCodes: Bool) async throws(AccountRefusal) -> LinkMade? {
        guard let address = AccountEmail.canonical(typed) else { return nil }
        let email = Personal<AccountEmail>(address)
        let account = try await self.kept { store throws(StorageFailure) in try await store.account(at: email) }
        guard let account else { return nil }
        // The codes go with the password, so that a link nobody uses takes nothing away.
        return try await self.link(withoutCodes ? .recovery : .renewal, of: account.id)
    }

    /// Closes somebody's account; answers the planned meetings that went with it.
    package func close(_ account: AccountID) async throws(AccountRefusal) -> [MeetingID] {
        let meetings = try await self.kept { store throws(StorageFailure) in
            try await store.plannedIDs(of: account)
        }
        switch try await self.kept({ store throws(StorageFailure) in try await store.erase(account) }) {
        case .erased: self.log(.accountErased)
        case .unknown: throw AccountRefusal(.notFound)
        case .lastAdmin: throw AccountRefusal(.conflict)
        }
        self.offers[account] = nil
        self.steps = self.steps.filter { $0.value.account != account }
        self.recentMeetings.forget(account)
        return meetings
    }

    /// Closes one's own account; answers the planned meetings that went with it.
    package func close(_ who: SignedIn) async throws(AccountRefusal) -> [MeetingID] {
        try await self.close(who.account)
    }

    /// A one-time link, by an admin or, without one, by whoever is at the machine.
    func link(
        _ kind: LinkKind, of account: AccountID? = nil, roles: Roles = [], by admin: SignedIn? = nil
    ) async throws(AccountRefusal) -> LinkMade {
        let token: LinkToken = self.random(LinkKind.tokenBytes)
        let now = self.now()
        let linking = try await self.kept { store throws(StorageFailure) in
            if let session = admin?.token {
                return try await store.add(token, kind, account: account, roles: roles, by: session, now: now)
            }
            try await store.add(token, kind, account: account, roles: roles, now: now)
            return Store.Linking.made
        }
        switch linking {
        case .made: self.log(.linkMade)
        case .notAllowed: throw AccountRefusal(.forbidden)
        case .tooMany, .passkeyAlone: throw AccountRefusal(.conflict)
        }
        return LinkMade(token: token, expires: (now + kind.lifetime).seconds)
    }
}
