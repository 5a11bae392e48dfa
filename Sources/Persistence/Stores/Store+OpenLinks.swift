internal import GRDB
package import Meeting
package import Signalling

extension Store {
    /// Bytes of the hash by which a link is called where it is listed: enough to tell it from others, and no way to it.
    private static let idBytes = 16

    /// Some links that open something, in the order of their ids, after one. That for the first account is not one of them:
    /// it opens nothing where somebody may ask.
    package func links(
        after id: LinkID?, atMost count: Int, now: WallTime
    ) async throws(StorageFailure) -> [LinkSummary] {
        try await self.file.read { db in
            let sql = """
                SELECT substr(token_hash, 1, \(Self.idBytes)) AS id, account, made_by, roles, expires_at FROM link
                WHERE kind <> ? AND expires_at > ? AND substr(token_hash, 1, \(Self.idBytes)) > ? ORDER BY token_hash LIMIT ?
                """
            let arguments: StatementArguments = [
                LinkKind.setUp.rawValue, now.seconds, (id?.decoded ?? Self.beforeAll).blob, count,
            ]
            return try Row.fetchAll(db, sql: sql, arguments: arguments).map { try LinkSummary($0) }
        }
    }

    /// Takes a link back; false when there is none like it.
    package func removeLink(_ id: LinkID) async throws(StorageFailure) -> Bool {
        try await self.file.write { db in
            try db.execute(
                sql: "DELETE FROM link WHERE substr(token_hash, 1, \(Self.idBytes)) = ?", arguments: [id.blob])
            return db.changesCount == 1
        }
    }
}

extension LinkSummary {
    fileprivate init(_ row: Row) throws {
        let hasAccount = try row.bytesIfAny("account") != nil
        let hasMaker = try row.bytesIfAny("made_by") != nil
        self.init(
            id: try row.id("id", LinkID.self), account: hasAccount ? try row.id("account", AccountID.self) : nil,
            maker: hasMaker ? try row.id("made_by", AccountID.self) : nil,
            roles: Roles(stored: try row.number("roles"))?.list ?? [], expires: try row.number("expires_at"))
    }
}
