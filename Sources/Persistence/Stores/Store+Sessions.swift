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
    /// Somebody signs in.
    package func begin(_ token: SessionToken, of account: AccountID, now: WallTime) async throws(StorageFailure) {
        let mark = self.mark(of: token)
        try await self.file.write { db in
            try db.execute(
                sql: "INSERT INTO session (token_hash, account, made_at, used_at, confirmed_at) VALUES (?, ?, ?, ?, ?)",
                arguments: [mark.blob, account.blob, now.seconds, now.seconds, now.seconds])
        }
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

    /// Somebody signs out everywhere.
    package func endAll(of account: AccountID) async throws(StorageFailure) {
        try await self.file.write { db in try Self.endAll(of: account, db) }
    }

    static func endAll(of account: AccountID, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM session WHERE account = ?", arguments: [account.blob])
    }

    private func mark(of token: SessionToken) -> [UInt8] {
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
