import BeraadTesting
import Foundation
import GRDB
import Persistence
import Privacy
import Testing

@Suite("What is kept is what the catalogue says", .promise("P-071"), .promise("P-077"))
struct GateTests {
    /// Places of the database that the catalogue lacks, and rows of the catalogue of which the database has nothing.
    private static func differences(
        _ db: Database, _ entries: [Entry]
    ) throws -> (undeclared: Set<String>, dead: Set<String>) {
        let sql = """
            SELECT m.name AS "table", x.name AS "column" FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS x
            WHERE m.type = 'table'
            """
        let found = try Row.fetchAll(db, sql: sql).map { row in
            Place.column(table: row["table"], name: row["column"]).description
        }
        let declared = entries.map(\.place.description)
        return (Set(found).subtracting(declared), Set(declared).subtracting(found))
    }

    private func database(_ folder: TestFolder) throws -> DatabaseQueue {
        _ = try Store(folder)
        return try DatabaseQueue(path: folder.url.appending(path: "beraad.sqlite").path(percentEncoded: false))
    }

    @Test("every column has a row in the catalogue, and every row its column")
    func columns() throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        try self.database(folder).read { db in
            let (undeclared, dead) = try Self.differences(db, Catalogue.columns)
            #expect(undeclared == [])
            #expect(dead == [])
        }
    }

    @Test("a column, a table or a row too many is named")
    func named() throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        try self.database(folder).write { db in
            try db.execute(sql: "ALTER TABLE account ADD COLUMN birthday TEXT")
            try db.execute(sql: "CREATE TABLE visit (address TEXT)")
            let shorter = Catalogue.columns.filter { $0.place != AccountEmail.entry.place }
            let (undeclared, _) = try Self.differences(db, shorter)
            #expect(undeclared == ["column account.birthday", "column visit.address", "column account.email"])
            try db.execute(sql: "ALTER TABLE account DROP COLUMN name")
            let (_, dead) = try Self.differences(db, Catalogue.columns)
            #expect(dead == ["column account.name"])
        }
    }

    /// Tables that have a column for tags of receipt codes where the catalogue has none, or the other way round.
    private static func untold(_ db: Database, _ entries: [Entry]) throws -> Set<String> {
        let sql = """
            SELECT m.name FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS x WHERE m.type = 'table' AND x.name = ?
            """
        let found = try String.fetchAll(db, sql: sql, arguments: [Catalogue.receiptTag])
        return Set(found).symmetricDifference(entries.receiptTables)
    }

    @Test("the tables that a receipt code is looked for in are those that have a column for it")
    func receipts() throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        try self.database(folder).write { db in
            #expect(try Self.untold(db, Catalogue.columns) == [])
            try db.execute(sql: "CREATE TABLE registration (receipt_tag BYTEA)")
            #expect(try Self.untold(db, Catalogue.columns) == ["registration"])
            let tag = Entry(
                .column(table: "registration", name: Catalogue.receiptTag), .context, of: .registrant, .receiptTag,
                for: [Entry.Use(.register, .contract)], as: .processor, .untilEvent(.takenAway), in: .installation,
                readers: [], from: .theSubject,
                because: Entry.Necessity(nl: "Een proef van deze toets.", en: "A trial of this test."))
            #expect(try Self.untold(db, Catalogue.columns + [tag]) == [])
            try db.execute(sql: "DROP TABLE registration")
            #expect(try Self.untold(db, Catalogue.columns + [tag]) == ["registration"])
        }
    }

    @Test("every file in the folder has a row in the catalogue, and each row of accounts its file")
    func files() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        // Whoever closes the database last removes its log.
        defer { withExtendedLifetime(store) {} }
        try await Person(1).enter(store)
        let found = Set(
            try folder.files.map { file in
                file.path.replacing(#/keys\/[\w-]{22}\.key/#, with: "keys/{subject}.key")
            })
        let declared = Set(
            Catalogue.files.compactMap { entry in
                if case .file(let template) = entry.place { template } else { nil }
            })
        // These are not the accounts'; `BlobTests` looks at the folder of files and at the server's claim.
        #expect(found == declared.subtracting(["installation.key", "serving", "blobs/{blob}"]))
        // Nobody but the service reads any of them.
        for file in try folder.files {
            let path = folder.url.appending(path: file.path).path(percentEncoded: false)
            let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(rights == 0o600, "\(file.path)")
        }
    }

    @Test("the tables are written in what two databases have in common")
    func portable() throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let all = try self.database(folder).read { db in
            try String.fetchAll(db, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").joined(separator: "\n")
        }
        let words = Set(all.uppercased().matches(of: #/[A-Z_]+/#).map { String($0.output) })
        let foreign = [
            "BLOB", "AUTOINCREMENT", "WITHOUT", "STRICT", "DATETIME", "INTEGER", "REPLACE", "ROWID", "VIRTUAL",
            "PRAGMA",
            "IFNULL", "DOUBLE", "SERIAL", "JSONB", "NOW",
        ]
        #expect(words.intersection(foreign) == [])
        #expect(words.isSuperset(of: ["BYTEA", "BIGINT", "TEXT", "REFERENCES", "CASCADE"]))
    }

    @Test("the file is set up so that deleted things leave it")
    func settings() throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        try self.database(folder).read { db in
            let vacuum = try Int.fetchOne(db, sql: "PRAGMA auto_vacuum")
            let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode")
            #expect(vacuum == 2)
            #expect(journal == "wal")
        }
    }
}
