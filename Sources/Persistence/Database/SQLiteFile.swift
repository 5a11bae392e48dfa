internal import Foundation
internal import GRDB

/// The one database: one file, one connection, one writer after the other. What it is used for stands in `Stores`.
struct SQLiteFile: Sendable {
    /// In the data folder.
    static let name = "beraad.sqlite"
    /// Another process is `beraad account`, which is done in a moment.
    private static let patience = 10.0
    /// One try is enough where nobody reads meanwhile.
    private static let purgeTries = 3

    private let queue: DatabaseQueue

    /// Opens or makes the database and brings its tables up to date. The settings are those of `privacy.md` 3.8: what is
    /// deleted is overwritten, and nothing is written to temporary files.
    init(in folder: String, _ witness: DurableFile.Witness?) throws(StorageFailure) {
        var configuration = Configuration()
        configuration.label = "beraad"
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(Self.patience)
        configuration.prepareDatabase { db in
            // Before the first table is made, or it counts for nothing.
            try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            try db.execute(sql: "PRAGMA secure_delete = ON")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            guard let witness else { return }
            db.trace(options: [.statement, .profile]) { _ in witness() }
        }
        do {
            self.queue = try DatabaseQueue(path: "\(folder)/\(Self.name)", configuration: configuration)
            // A power cut loses nothing that somebody was told is done.
            try self.queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
            try Migrations.run(on: self.queue)
        } catch {
            throw StorageFailure(error)
        }
    }

    /// Looks something up.
    func read<Outcome: Sendable>(
        _ work: @Sendable (Database) throws -> Outcome
    ) async throws(StorageFailure) -> Outcome {
        do { return try await self.queue.read(work) } catch { throw StorageFailure(error) }
    }

    /// Changes something, as a whole or not at all.
    func write<Outcome: Sendable>(
        _ work: @Sendable (Database) throws -> Outcome
    ) async throws(StorageFailure) -> Outcome {
        do { return try await self.queue.write(work) } catch { throw StorageFailure(error) }
    }

    /// Changes something in steps of its own.
    func steps<Outcome: Sendable>(
        _ work: @Sendable (Database) throws -> Outcome
    ) async throws(StorageFailure) -> Outcome {
        do { return try await self.queue.writeWithoutTransaction(work) } catch { throw StorageFailure(error) }
    }

    /// The same, for whoever waits.
    func stepsNow<Outcome>(_ work: (Database) throws -> Outcome) throws(StorageFailure) -> Outcome {
        do { return try self.queue.writeWithoutTransaction(work) } catch { throw StorageFailure(error) }
    }

    /// Takes what was deleted out of the files, so that nobody finds it there (`privacy.md` 3.8).
    func purge() async throws(StorageFailure) {
        for _ in 0..<Self.purgeTries {
            let isDone = try await self.steps { db in
                guard try Self.isEmptied(db) else { return false }
                try db.execute(sql: "PRAGMA incremental_vacuum")
                return try Self.isEmptied(db) && Int.fetchOne(db, sql: "PRAGMA freelist_count") == 0
            }
            if isDone { return }
        }
        throw .notPurged
    }

    /// Puts the write-ahead log into the database and cuts it to nothing; the answer is (0, 0, 0) when all of it went.
    private static func isEmptied(_ db: Database) throws -> Bool {
        let row = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        return row.map { row in (0..<3).allSatisfy { row[$0] as Int? == 0 } } ?? false
    }
}
