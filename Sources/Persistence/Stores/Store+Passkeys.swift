internal import GRDB
package import Meeting
package import Privacy
package import Signalling

/// A passkey of an account.
package struct StoredPasskey: Sendable {
    /// The server's own number for it.
    package let id: PasskeyID
    /// Whose it is.
    package let account: AccountID
    /// Its id, as the authenticator chose it.
    package let credential: Personal<PasskeyCredential>
    /// Its public key.
    package let publicKey: Personal<PasskeyPublicKey>
    /// Its counter.
    package let signCount: UInt32

    fileprivate static let columns = "id, account, credential, public_key, sign_count"

    fileprivate init(_ row: Row, _ keys: any KeyStore) throws {
        self.id = try row.id("id", PasskeyID.self)
        self.account = try row.id("account", AccountID.self)
        guard let signCount = UInt32(exactly: try row.number("sign_count")) else { throw StorageFailure.damaged }
        self.signCount = signCount
        let key = try keys.key(of: self.account.subject)
        self.credential = Personal(sealed: try row.bytes("credential"), row: self.id.decoded, key: key)
        self.publicKey = Personal(sealed: try row.bytes("public_key"), row: self.id.decoded, key: key)
    }
}

extension Store {
    /// Keeps a passkey; false when it is known already, or the account has as many as it may have.
    package func add(
        _ made: Passkey.Made, as id: PasskeyID, of account: AccountID
    ) async throws(StorageFailure) -> Bool {
        let mark = self.installation.mark(.passkey, made.credential)
        return try await self.file.write { db in
            let known = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM passkey WHERE credential_hash = ?", arguments: [mark.blob])
            let own = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM passkey WHERE account = ?", arguments: [account.blob])
            guard known == 0, let own, own < AccountLimits.passkeys else { return false }
            let key = try self.keys.key(of: account.subject)
            let row = id.decoded
            try db.execute(
                sql: """
                    INSERT INTO passkey (id, account, credential_hash, credential, public_key, sign_count)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    row.blob, account.blob, mark.blob,
                    try Personal<PasskeyCredential>(made.credential).sealed(row: row, key: key).blob,
                    try Personal<PasskeyPublicKey>(made.publicKey).sealed(row: row, key: key).blob,
                    Int(made.signCount),
                ])
            return true
        }
    }

    /// The passkeys of an account.
    package func passkeys(of account: AccountID) async throws(StorageFailure) -> [StoredPasskey] {
        try await self.passkeys(where: "account", account.decoded)
    }

    /// The passkey with an id that an authenticator chose.
    package func passkey(_ credential: [UInt8]) async throws(StorageFailure) -> StoredPasskey? {
        try await self.passkeys(where: "credential_hash", self.installation.mark(.passkey, credential)).first
    }

    /// It was used: its counter goes on. False when somebody else did that meanwhile, or took it back.
    package func used(_ passkey: StoredPasskey, signCount: UInt32) async throws(StorageFailure) -> Bool {
        try await self.file.write { db in
            try db.execute(
                sql: "UPDATE passkey SET sign_count = ? WHERE id = ? AND sign_count = ?",
                arguments: [Int(signCount), passkey.id.blob, Int(passkey.signCount)])
            return db.changesCount == 1
        }
    }

    /// Takes a passkey of an account back; false when it has none like it.
    package func remove(_ id: PasskeyID, of account: AccountID) async throws(StorageFailure) -> Bool {
        try await self.file.write { db in
            try db.execute(
                sql: "DELETE FROM passkey WHERE id = ? AND account = ?", arguments: [id.blob, account.blob])
            return db.changesCount == 1
        }
    }

    private func passkeys(
        where column: String, _ value: [UInt8]
    ) async throws(StorageFailure) -> [StoredPasskey] {
        try await self.file.read { db in
            let sql = "SELECT \(StoredPasskey.columns) FROM passkey WHERE \(column) = ? ORDER BY id"
            return try Row.fetchAll(db, sql: sql, arguments: [value.blob]).map { try StoredPasskey($0, self.keys) }
        }
    }
}
