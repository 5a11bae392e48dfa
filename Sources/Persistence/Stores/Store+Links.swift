internal import GRDB
package import Meeting
package import Privacy
package import Signalling

/// A one-time link that still opens something.
package struct StoredLink: Equatable, Sendable {
    /// What it is for.
    package let kind: LinkKind
    /// Whose password it renews.
    package let account: AccountID?
    /// What whoever is invited will be, as a number.
    let roles: Int
}

extension Store {
    /// Keeps a link. The first account has one link at a time: a new one takes the place of those before it.
    package func add(
        _ token: LinkToken, _ kind: LinkKind, account: AccountID? = nil, roles: Roles = [], now: WallTime
    ) async throws(StorageFailure) {
        let mark = self.mark(of: token)
        let expires = now + kind.lifetime
        try await self.file.write { db in
            if kind == .setUp {
                try db.execute(sql: "DELETE FROM link WHERE kind = ?", arguments: [kind.rawValue])
            }
            try db.execute(
                sql: "INSERT INTO link (token_hash, kind, account, roles, expires_at) VALUES (?, ?, ?, ?, ?)",
                arguments: [mark.blob, kind.rawValue, account?.blob, roles.rawValue, expires.seconds])
        }
    }

    /// What a link opens; nil for one that was used, is too old or never was.
    package func link(_ token: LinkToken, now: WallTime) async throws(StorageFailure) -> StoredLink? {
        try await self.file.read { db in try self.link(token, db, now: now) }
    }

    /// A new password by a link, which then is used up; whoever was signed in is no more. Answers whose it is.
    package func renew(
        _ password: Personal<PasswordVerifier>, with token: LinkToken, now: WallTime
    ) async throws(StorageFailure) -> AccountID? {
        try await self.file.write { db in
            guard let link = try self.link(token, db, now: now), link.kind == .renewal, let account = link.account
            else { return nil }
            try self.remove(token, db)
            try self.setPassword(password, of: account, db)
            try Self.endAll(of: account, db)
            return account
        }
    }

    func link(_ token: LinkToken, _ db: Database, now: WallTime) throws -> StoredLink? {
        let row = try Row.fetchOne(
            db, sql: "SELECT kind, account, roles FROM link WHERE token_hash = ? AND expires_at > ?",
            arguments: [self.mark(of: token).blob, now.seconds])
        guard let row else { return nil }
        let hasAccount = try row.bytesIfAny("account") != nil
        return StoredLink(
            kind: try row.word("kind", LinkKind.self),
            account: hasAccount ? try row.id("account", AccountID.self) : nil,
            roles: try row.number("roles"))
    }

    func remove(_ token: LinkToken, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM link WHERE token_hash = ?", arguments: [self.mark(of: token).blob])
    }

    private func mark(of token: LinkToken) -> [UInt8] {
        self.installation.mark(.link, token.decoded)
    }
}
