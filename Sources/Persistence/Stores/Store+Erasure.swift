internal import GRDB
package import Meeting
package import Signalling

extension Store {
    /// What became of a wish to close an account.
    package enum Erasure: Equatable, Sendable {
        /// Nothing of it can be read any more.
        case erased
        /// There is no such account.
        case unknown
        /// Somebody has to look after the others.
        case lastAdmin
    }

    /// Closes an account: its rows go, then its key, then what the files still hold of them (`privacy.md` 3.5). After a crash
    /// the next start goes on where this stopped.
    package func erase(_ id: AccountID) async throws(StorageFailure) -> Erasure {
        let erasure = try await self.file.steps { db in
            var erasure = Erasure.unknown
            try db.inTransaction {
                erasure = try Self.erase(id, db)
                return erasure == .erased ? .commit : .rollback
            }
            if erasure == .erased { try Self.destroyKeys(db, self.keys) }
            return erasure
        }
        if erasure == .erased {
            try? await self.file.purge()  // where another process reads at this moment, the next sweep does it
        }
        return erasure
    }

    private static func erase(_ id: AccountID, _ db: Database) throws -> Erasure {
        guard let row = try Row.fetchOne(db, sql: "SELECT roles FROM account WHERE id = ?", arguments: [id.blob])
        else { return .unknown }
        let admin = Roles.admin.rawValue
        let others = try Int.fetchOne(
            db, sql: "SELECT count(*) FROM account WHERE id <> ? AND roles & ? <> 0", arguments: [id.blob, admin])
        let isAdmin = try row.number("roles") & admin != 0
        // Whoever is alone may go, and the next start makes a new set-up link.
        if isAdmin, others == 0, try Self.count("account", db) > 1 { return .lastAdmin }
        try db.execute(sql: "DELETE FROM account WHERE id = ?", arguments: [id.blob])
        try db.execute(sql: "INSERT INTO key_to_destroy (subject) VALUES (?)", arguments: [id.blob])
        return .erased
    }

    /// Deletes what is over (`privacy.md` 3.4), and takes it out of the files. Answers how many rows went.
    @discardableResult
    package func sweep(now: WallTime) async throws(StorageFailure) -> Int {
        let idle = SignInLife.idle.components.seconds
        let longest = SignInLife.longest.components.seconds
        let count = try await self.file.write { db in
            let before = db.totalChangesCount
            try db.execute(
                sql: "DELETE FROM session WHERE used_at + ? <= ? OR made_at + ? <= ?",
                arguments: [idle, now.seconds, longest, now.seconds])
            try db.execute(sql: "DELETE FROM link WHERE expires_at <= ?", arguments: [now.seconds])
            try db.execute(
                sql: "DELETE FROM planned_meeting WHERE starts_at + minutes * 60 + ? <= ?",
                arguments: [Self.plannedSeconds, now.seconds])
            return db.totalChangesCount - before
        }
        try await self.file.purge()
        return count
    }

    /// A planned meeting stays for a day after its end.
    private static let plannedSeconds = 86_400
}
