internal import GRDB
internal import Privacy
package import Signalling

extension Store {
    /// How many rows lie under the tags of a receipt code, table by table. Nil for a table in which nothing lies under
    /// tags, or that is asked for twice: what somebody sends as a table's name never becomes SQL, the catalogue's does.
    package func rows(under tags: [TaggedTable]) async throws(StorageFailure) -> [ReceiptFinding]? {
        try await self.rows(under: tags, in: Catalogue.entries.receiptTables)
    }

    /// The same where `tables` are those with tags; a test has some before the catalogue does.
    package func rows(
        under tags: [TaggedTable], in tables: [String]
    ) async throws(StorageFailure) -> [ReceiptFinding]? {
        let asked = tags.compactMap { tag in tables.first { $0 == tag.table }.map { (table: $0, tag: tag.tag) } }
        guard asked.count == tags.count, Set(asked.map(\.table)).count == tags.count else { return nil }
        return try await self.file.read { db in
            try asked.map { table, tag in
                let sql = "SELECT count(*) FROM \"\(table)\" WHERE \(Catalogue.receiptTag) = ?"
                return ReceiptFinding(
                    table: table, rows: try Int.fetchOne(db, sql: sql, arguments: [tag.blob]) ?? 0)
            }
        }
    }
}
