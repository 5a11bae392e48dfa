internal import GRDB
internal import Meeting

extension Store {
    /// The latest time that the database, or the file beside it, has seen. Where the file has seen more, or there is none, the
    /// database was brought back from before: sign-ins that were ended since, and links that were used, are in it again, so
    /// none of them counts.
    static func catchUp(_ db: Database, with outside: WallTime?) throws -> WallTime {
        let inside = try Self.seen(db)
        if let outside, outside <= inside { return inside }
        try db.inTransaction {
            try db.execute(sql: "DELETE FROM session")
            try db.execute(sql: "DELETE FROM link")
            if let outside { try Self.see(outside, db) }
            return .commit
        }
        return outside ?? inside
    }

    /// What the database has seen.
    static func seen(_ db: Database) throws -> WallTime {
        guard let seconds = try Int.fetchOne(db, sql: "SELECT seen_at FROM clock") else { throw StorageFailure.damaged }
        return WallTime(seconds: seconds)
    }

    /// Time goes on; back it does not go.
    static func see(_ time: WallTime, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE clock SET seen_at = ? WHERE seen_at < ?", arguments: [time.seconds, time.seconds])
    }
}
