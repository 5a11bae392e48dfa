package import Edge
internal import Meeting
internal import Persistence
internal import Privacy
package import Redaction
package import Signalling

extension Desk {
    /// A new password with a link. Whoever has codes is asked for one afterwards, as always.
    package func renew(
        _ renewal: PasswordRenewal, from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) {
        let now = self.now()
        let link = try await self.link(renewal.token, from: prefix, now: now)
        guard let link, !link.kind.makesAccount, let id = link.account,
            let account = try await self.kept({ store throws(StorageFailure) in try await store.account(id) })
        else { throw AccountRefusal(.unauthorized) }
        try self.examine(renewal.password, for: account.email)
        let verifier = try await self.verifier(
            of: renewal.password, for: Self.owner(renewal.token), from: prefix)
        let renewed = try await self.kept { store throws(StorageFailure) in
            try await store.renew(verifier, with: renewal.token, now: now)
        }
        guard let renewed else { throw AccountRefusal(.unauthorized) }
        self.offers[renewed] = nil
        self.log(.passwordRenewed)
    }

    /// What a link opens. Tokens that open nothing are counted like guesses, by the network they come from.
    func link(
        _ token: LinkToken, from prefix: Redacted<[UInt8]>?, now: WallTime
    ) async throws(AccountRefusal) -> StoredLink? {
        let target = Self.owner(token)
        try self.begin(target, from: prefix)
        let link = try await self.kept { store throws(StorageFailure) in try await store.link(token, now: now) }
        if link != nil { self.succeeded(target, from: prefix) }
        return link
    }

    /// Whose work hashing is, and what tries are counted by: a link's, of whoever has it.
    static func owner(_ token: LinkToken) -> [UInt8] { [3] + token.decoded }
}
