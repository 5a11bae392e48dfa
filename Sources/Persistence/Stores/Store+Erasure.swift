internal import GRDB
package import Meeting
internal import Privacy
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
        try Self.dropLinksOfNobody(db)
        return .erased
    }

    /// Where nobody is left, whoever comes by a link of before would be the only account, and perhaps no admin; then no set-up
    /// link is ever made again.
    private static func dropLinksOfNobody(_ db: Database) throws {
        if try Self.count("account", db) == 0 { try db.execute(sql: "DELETE FROM link") }
    }

    /// Deletes accounts whose keys are destroyed: they come with a database from before (`privacy.md` 3.5). They open nothing,
    /// and whoever closed theirs finds no trace of it. Where their whole folder is gone nothing is deleted: it may be
    /// brought back.
    static func dropKeyless(_ db: Database, _ keys: any KeyStore, hasFolder: Bool) throws {
        try db.inTransaction {
            for row in try Row.fetchAll(db, sql: "SELECT id FROM account") {
                let id = try row.id("id", AccountID.self)
                guard try !keys.has(id.subject) else { continue }
                guard hasFolder else { throw StorageFailure.keysMissing }
                try db.execute(sql: "DELETE FROM account WHERE id = ?", arguments: [id.blob])
            }
            try Self.dropLinksOfNobody(db)
            return .commit
        }
    }

    /// Deletes what is over (`privacy.md` 3.4), and takes it out of the files. Before that it finishes what a disk that refused
    /// left of accounts that were closed; should it refuse again, the rest is done all the same. Answers how many rows went.
    @discardableResult
    package func sweep(now: WallTime) async throws(StorageFailure) -> Int {
        let idle = SignInLife.idle.components.seconds
        let longest = SignInLife.longest.components.seconds
        var unfinished: StorageFailure?
        do throws(StorageFailure) {
            try await self.file.steps { db in try Self.destroyKeys(db, self.keys) }
        } catch {
            unfinished = error
        }
        let (count, seen) = try await self.file.write { db in
            let before = db.totalChangesCount
            try db.execute(
                sql: "DELETE FROM session WHERE used_at + ? <= ? OR made_at + ? <= ?",
                arguments: [idle, now.seconds, longest, now.seconds])
            try db.execute(sql: "DELETE FROM link WHERE expires_at <= ?", arguments: [now.seconds])
            try db.execute(
                sql: "DELETE FROM planned_meeting WHERE starts_at + minutes * 60 + ? <= ?",
                arguments: [Self.plannedSeconds, now.seconds])
            let count = db.totalChangesCount - before
            try Self.see(now, db)
            return (count, try Self.seen(db))
        }
        // In this order: only a database from before has seen less than the file.
        try self.seenFile.write(seen)
        try await self.file.purge()
        if let unfinished { throw unfinished }
        return count
    }

    /// A planned meeting stays for a day after its end.
    static let plannedSeconds = 86_400
}
