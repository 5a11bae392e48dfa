import Foundation
import GRDB
import Persistence
import Signalling
import Testing

@Suite("What a receipt code finds")
struct ReceiptStoreTests {
    private static func tag(_ number: UInt8) -> ReceiptTag {
        ReceiptTag(bytes: [UInt8](repeating: number, count: 16))
    }

    /// A store whose database has two tables more, as one of a later release may; in one lie two rows of one code and one
    /// of another.
    private static func store(_ folder: TestFolder) throws -> Store {
        let store = try Store(folder)
        let path = folder.url.appending(path: "beraad.sqlite").path(percentEncoded: false)
        try DatabaseQueue(path: path).write { db in
            for table in ["registration", "statement"] {
                try db.execute(sql: "CREATE TABLE \(table) (receipt_tag BYTEA NOT NULL)")
            }
            for number in [1, 1, 2] as [UInt8] {
                try db.execute(
                    sql: "INSERT INTO registration VALUES (?)", arguments: [Data(repeating: number, count: 16)])
            }
        }
        return store
    }

    @Test("the rows under its tags, in every table that is asked for, and nobody else's")
    func rows() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Self.store(folder)
        let tables = ["registration", "statement"]
        for (number, rows) in [(1, 2), (2, 1), (3, 0)] as [(UInt8, Int)] {
            let tags = tables.map { TaggedTable(table: $0, tag: Self.tag(number)) }
            let expected = [
                ReceiptFinding(table: "registration", rows: rows), ReceiptFinding(table: "statement", rows: 0),
            ]
            #expect(try await store.rows(under: tags, in: tables) == expected)
            #expect(try await store.rows(under: [tags[1]], in: tables) == [expected[1]])
        }
        #expect(try await store.rows(under: [], in: tables) == [])
    }

    @Test("a table without tags, one that is none and one that is asked for twice are not looked into")
    func refused() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Self.store(folder)
        let tables = ["registration", "statement"]
        let good = TaggedTable(table: "registration", tag: Self.tag(1))
        for name in ["account", "visit", "Registration", "", "registration; DROP TABLE account"] {
            let bad = TaggedTable(table: name, tag: Self.tag(1))
            #expect(try await store.rows(under: [good, bad], in: tables) == nil, "\(name)")
        }
        #expect(try await store.rows(under: [good, good], in: tables) == nil)
        // The catalogue has no such table yet.
        #expect(try await store.rows(under: [good]) == nil)
        #expect(try await store.rows(under: []) == [])
    }
}
