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
    /// The admin who made it; nil for one that was made at the machine itself.
    let maker: AccountID?
}

extension Store {
    /// What became of a link that somebody wanted to make.
    package enum Linking: Equatable, Sendable {
        /// It is kept.
        case made
        /// They are no admin, or no longer signed in.
        case notAllowed
        /// They have as many open ones as they may have.
        case tooMany
        /// It would open an account that a passkey keeps, and no codes would be asked for.
        case passkeyAlone
    }

    /// Keeps a link that an admin makes, who is signed in with `session`: it opens something for as long as they are an
    /// admin, and have not signed out everywhere.
    package func add(
        _ token: LinkToken, _ kind: LinkKind, account: AccountID? = nil, roles: Roles = [], by session: SessionToken,
        now: WallTime
    ) async throws(StorageFailure) -> Linking {
        try await self.file.write { db in
            let sql = """
                SELECT account.id FROM session JOIN account ON account.id = session.account
                WHERE session.token_hash = ? AND account.roles & ? <> 0
                """
            let arguments: StatementArguments = [self.mark(of: session).blob, Roles.admin.rawValue]
            guard let maker = try Row.fetchOne(db, sql: sql, arguments: arguments)?.id("id", AccountID.self) else {
                return .notAllowed
            }
            let open = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM link WHERE made_by = ? AND expires_at > ?",
                arguments: [maker.blob, now.seconds])
            guard let open, open < AccountLimits.openLinks else { return .tooMany }
            if let account, try Self.hasPasskeyAlone(account, db) { return .passkeyAlone }
            try self.insert(token, kind, account, roles, maker, db, now: now)
            return .made
        }
    }

    /// Keeps a link that is made at the machine itself. The first account has one link at a time: a new one takes the place
    /// of those before it.
    package func add(
        _ token: LinkToken, _ kind: LinkKind, account: AccountID? = nil, roles: Roles = [], now: WallTime
    ) async throws(StorageFailure) {
        try await self.file.write { db in
            if kind == .setUp {
                try db.execute(sql: "DELETE FROM link WHERE kind = ?", arguments: [kind.rawValue])
            }
            try self.insert(token, kind, account, roles, nil, db, now: now)
        }
    }

    private func insert(
        _ token: LinkToken, _ kind: LinkKind, _ account: AccountID?, _ roles: Roles, _ maker: AccountID?,
        _ db: Database, now: WallTime
    ) throws {
        try db.execute(
            sql:
                "INSERT INTO link (token_hash, kind, account, made_by, roles, expires_at, refused) VALUES (?, ?, ?, ?, ?, ?, 0)",
            arguments: [
                self.mark(of: token).blob, kind.rawValue, account?.blob, maker?.blob, roles.rawValue,
                (now + kind.lifetime).seconds,
            ])
    }

    /// What a link opens; nil for one that was used, is too old or never was.
    package func link(_ token: LinkToken, now: WallTime) async throws(StorageFailure) -> StoredLink? {
        try await self.file.read { db in try self.link(token, db, now: now) }
    }

    /// A new password by a link. Nothing that opened the account before does so any more, but the codes of an app: whoever was
    /// signed in is no more, passkeys are gone, and so are this link and all others to the same account. Answers whose it is.
    package func renew(
        _ password: Personal<PasswordVerifier>, with token: LinkToken, now: WallTime
    ) async throws(StorageFailure) -> AccountID? {
        try await self.file.write { db in
            guard let link = try self.link(token, db, now: now), !link.kind.makesAccount,
                let account = link.account
            else { return nil }
            // The passkey may be younger than the link.
            if link.maker != nil, try Self.hasPasskeyAlone(account, db) { return nil }
            if link.kind == .recovery { try Self.dropCodes(of: account, db) }
            try self.renewPassword(password, of: account, db, now: now)
            try Self.endAll(of: account, db)
            try db.execute(sql: "DELETE FROM passkey WHERE account = ?", arguments: [account.blob])
            try db.execute(sql: "DELETE FROM link WHERE account = ?", arguments: [account.blob])
            return account
        }
    }

    func link(_ token: LinkToken, _ db: Database, now: WallTime) throws -> StoredLink? {
        // Whoever made it is still what one has to be for that.
        let sql = """
            SELECT link.kind, link.account, link.roles, link.made_by
            FROM link LEFT JOIN account AS maker ON maker.id = link.made_by
            WHERE link.token_hash = ? AND link.expires_at > ? AND (link.made_by IS NULL OR maker.roles & ? <> 0)
            """
        let row = try Row.fetchOne(
            db, sql: sql, arguments: [self.mark(of: token).blob, now.seconds, Roles.admin.rawValue])
        guard let row else { return nil }
        let hasAccount = try row.bytesIfAny("account") != nil
        let hasMaker = try row.bytesIfAny("made_by") != nil
        return StoredLink(
            kind: try row.word("kind", LinkKind.self),
            account: hasAccount ? try row.id("account", AccountID.self) : nil,
            roles: try row.number("roles"), maker: hasMaker ? try row.id("made_by", AccountID.self) : nil)
    }

    /// Whether an account has a passkey and asks for no codes: then a new password would open more than the old one does.
    private static func hasPasskeyAlone(_ account: AccountID, _ db: Database) throws -> Bool {
        let passkeys = try Int.fetchOne(
            db, sql: "SELECT count(*) FROM passkey WHERE account = ?", arguments: [account.blob])
        let codes = try Int.fetchOne(
            db, sql: "SELECT count(*) FROM second_step WHERE account = ?", arguments: [account.blob])
        return passkeys != 0 && codes == 0
    }

    /// Somebody with the link was told that an address has an account: that is said a few times, for whoever mistypes, and then
    /// the link is used up. False when it was before: then it is not to be said.
    package func refuse(_ token: LinkToken) async throws(StorageFailure) -> Bool {
        try await self.file.write { db in
            let mark = self.mark(of: token).blob
            try db.execute(sql: "UPDATE link SET refused = refused + 1 WHERE token_hash = ?", arguments: [mark])
            guard db.changesCount == 1 else { return false }
            try db.execute(
                sql: "DELETE FROM link WHERE token_hash = ? AND refused >= ?",
                arguments: [mark, LinkKind.refusalsAtMost])
            return true
        }
    }

    func remove(_ token: LinkToken, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM link WHERE token_hash = ?", arguments: [self.mark(of: token).blob])
    }

    private func mark(of token: LinkToken) -> [UInt8] {
        self.installation.mark(.link, token.decoded)
    }
}
