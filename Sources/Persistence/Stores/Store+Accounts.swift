internal import GRDB
package import Meeting
package import Privacy
package import Signalling

extension Store {
    /// What became of a new account.
    package enum Creation: Equatable, Sendable {
        /// It is kept.
        case made(Roles)
        /// The link opens nothing, or no more.
        case linkUnknown
        /// Its address has an account.
        case addressTaken
    }

    /// Makes an account with a link of a kind that makes one, which then is used up.
    package func create(
        _ new: NewAccount, with token: LinkToken, now: WallTime
    ) async throws(StorageFailure) -> Creation {
        let mark = try self.mark(new.email)
        return try await self.file.steps { db in
            // Whatever happens from here on, the next start knows that the key may be nobody's.
            try db.execute(
                sql: "INSERT INTO key_to_destroy (subject) VALUES (?)", arguments: [new.id.blob])
            let key = try self.keys.make(for: new.id.subject)
            var creation = Creation.linkUnknown
            try db.inTransaction {
                creation = try self.insert(new, mark, key, token, db, now: now)
                guard case .made = creation else { return .rollback }
                try db.execute(sql: "DELETE FROM key_to_destroy WHERE subject = ?", arguments: [new.id.blob])
                // Another process that was started at this moment has taken it for what a crash left.
                guard db.changesCount == 1 else { throw StorageFailure.failed }
                return .commit
            }
            if case .made = creation { return creation }
            try Self.destroyKeys(db, self.keys)
            return creation
        }
    }

    private func insert(
        _ new: NewAccount, _ mark: [UInt8], _ key: SubjectKey, _ token: LinkToken, _ db: Database, now: WallTime
    ) throws -> Creation {
        guard let link = try self.link(token, db, now: now), link.kind != .renewal else { return .linkUnknown }
        // A set-up link makes the first account and no other.
        if link.kind == .setUp, try Self.count("account", db) > 0 { return .linkUnknown }
        guard let roles = Roles(stored: link.roles) else { throw StorageFailure.damaged }
        let isTaken = try Bool.fetchOne(
            db, sql: "SELECT count(*) > 0 FROM account WHERE email_hash = ?", arguments: [mark.blob])
        guard isTaken == false else { return .addressTaken }
        try self.remove(token, db)
        let row = new.id.decoded
        try db.execute(
            sql: "INSERT INTO account (id, email_hash, email, name, password, roles) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                row.blob, mark.blob, try new.email.sealed(row: row, key: key).blob,
                try new.name.sealed(row: row, key: key).blob, try new.password.sealed(row: row, key: key).blob,
                roles.rawValue,
            ])
        return .made(roles)
    }

    /// Whether there is any account.
    package func hasAccounts() async throws(StorageFailure) -> Bool {
        try await self.file.read { db in try Self.count("account", db) > 0 }
    }

    /// The account with an id.
    package func account(_ id: AccountID) async throws(StorageFailure) -> StoredAccount? {
        try await self.account(where: "id", id.decoded)
    }

    /// The account with an address.
    package func account(at email: Personal<AccountEmail>) async throws(StorageFailure) -> StoredAccount? {
        try await self.account(where: "email_hash", try self.mark(email))
    }

    /// Some accounts, in the order of their ids, after one.
    package func accounts(
        after id: AccountID?, atMost count: Int
    ) async throws(StorageFailure) -> [StoredAccount] {
        try await self.file.read { db in
            let sql = "SELECT \(StoredAccount.columns) FROM account WHERE id > ? ORDER BY id LIMIT ?"
            let rows = try Row.fetchAll(db, sql: sql, arguments: [(id?.decoded ?? Self.beforeAll).blob, count])
            return try rows.map { try StoredAccount($0, self.keys) }
        }
    }

    /// Puts another verifier in its place.
    package func setPassword(
        _ password: Personal<PasswordVerifier>, of id: AccountID
    ) async throws(StorageFailure) {
        try await self.file.write { db in try self.setPassword(password, of: id, db) }
    }

    func setPassword(_ password: Personal<PasswordVerifier>, of id: AccountID, _ db: Database) throws {
        let sealed = try password.sealed(row: id.decoded, key: try self.keys.key(of: id.subject))
        try db.execute(sql: "UPDATE account SET password = ? WHERE id = ?", arguments: [sealed.blob, id.blob])
    }

    private func account(where column: String, _ value: [UInt8]) async throws(StorageFailure) -> StoredAccount? {
        try await self.file.read { db in
            let sql = "SELECT \(StoredAccount.columns) FROM account WHERE \(column) = ?"
            return try Row.fetchOne(db, sql: sql, arguments: [value.blob]).map { try StoredAccount($0, self.keys) }
        }
    }

    private func mark(_ email: Personal<AccountEmail>) throws(StorageFailure) -> [UInt8] {
        do { return try email.mark(self.installation, self.ledger) } catch { throw StorageFailure(error) }
    }

    static func count(_ table: String, _ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
    }
}
