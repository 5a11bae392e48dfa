internal import GRDB
package import Meeting
internal import Privacy
package import Signalling

/// A sign-in that counts.
package struct StoredSession: Sendable {
    /// Who is signed in.
    package let account: AccountID
    /// What they are.
    package let roles: Roles
    /// Since when.
    package let life: SignInLife
}

extension Store {
    /// Somebody signs in; false when the account's password is another one than when it was looked up, or the account is
    /// gone.
    package func begin(
        _ token: SessionToken, of account: StoredAccount, now: WallTime
    ) async throws(StorageFailure) -> Bool {
        try await self.file.write { db in try self.begin(token, of: account, db, now: now) }
    }

    func begin(_ token: SessionToken, of account: StoredAccount, _ db: Database, now: WallTime) throws -> Bool {
        try db.execute(
            sql: """
                INSERT INTO session (token_hash, account, made_at, used_at, confirmed_at)
                SELECT ?, id, ?, ?, ? FROM account WHERE id = ? AND password = ?
                """,
            arguments: [
                self.mark(of: token).blob, now.seconds, now.seconds, now.seconds, account.id.blob,
                account.sealedPassword.blob,
            ])
        guard db.changesCount == 1 else { return false }
        // This one, and the newest of the others.
        let mark = self.mark(of: token).blob
        try db.execute(
            sql: """
                DELETE FROM session WHERE account = ? AND token_hash <> ? AND token_hash NOT IN (
                    SELECT token_hash FROM session WHERE account = ? AND token_hash <> ?
                    ORDER BY made_at DESC, token_hash LIMIT ?
                )
                """,
            arguments: [account.id.blob, mark, account.id.blob, mark, AccountLimits.sessions - 1])
        return true
    }

    /// Who is signed in with a token, and that they are here.
    package func session(_ token: SessionToken, now: WallTime) async throws(StorageFailure) -> StoredSession? {
        let mark = self.mark(of: token)
        let session = try await self.file.read { db in try Self.session(mark, db) }
        guard let session, !session.life.isOver(now: now) else { return nil }
        guard session.life.wantsNote(now: now) else { return session }
        try await self.file.write { db in
            try db.execute(
                sql: "UPDATE session SET used_at = ? WHERE token_hash = ?", arguments: [now.seconds, mark.blob])
        }
        return session
    }

    /// The password was given again.
    package func confirm(_ token: SessionToken, now: WallTime) async throws(StorageFailure) {
        let mark = self.mark(of: token)
        try await self.file.write { db in
            try db.execute(
                sql: "UPDATE session SET confirmed_at = ? WHERE token_hash = ?",
                arguments: [now.seconds, mark.blob])
        }
    }

    /// Somebody signs out.
    package func end(_ token: SessionToken) async throws(StorageFailure) {
        let mark = self.mark(of: token)
        try await self.file.write { db in
            try db.execute(sql: "DELETE FROM session WHERE token_hash = ?", arguments: [mark.blob])
        }
    }

    /// Somebody signs out everywhere; the links they made open nothing any more either.
    package func endAll(of account: AccountID) async throws(StorageFailure) {
        try await self.file.write { db in try Self.endAll(of: account, db) }
    }

    static func endAll(of account: AccountID, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM session WHERE account = ?", arguments: [account.blob])
        // Whoever sat at their browser may have made some, to come back by.
        try db.execute(sql: "DELETE FROM link WHERE made_by = ?", arguments: [account.blob])
    }

    func mark(of token: SessionToken) -> [UInt8] {
        self.installation.mark(.session, token.decoded)
    }

    private static func session(_ mark: [UInt8], _ db: Database) throws -> StoredSession? {
        let sql = """
            SELECT session.account, session.made_at, session.used_at, session.confirmed_at, account.roles
            FROM session JOIN account ON account.id = session.account WHERE session.token_hash = ?
            """
        guard let row = try Row.fetchOne(db, sql: sql, arguments: [mark.blob]) else { return nil }
        guard let roles = Roles(stored: try row.number("roles")) else { throw StorageFailure.damaged }
        let life = SignInLife(
            made: WallTime(seconds: try row.number("made_at")), used: WallTime(seconds: try row.number("used_at")),
            confirmed: WallTime(seconds: try row.number("confirmed_at")))
        return StoredSession(account: try row.id("account", AccountID.self), roles: roles, life: life)
    }
}
