internal import GRDB
package import Privacy
package import Signalling

/// Codes of an app that an account asks for.
package struct StoredCodes: Sendable {
    /// What they are made from.
    package let secret: Personal<CodeSecret>
    /// The half minute of the one that was used last.
    package let usedStep: Int
    /// Recovery codes that were not used.
    package let recoveryCodes: Int
}

extension Store {
    /// The codes that an account asks for; nil where a password is enough.
    package func codes(of account: AccountID) async throws(StorageFailure) -> StoredCodes? {
        try await self.file.read { db in
            let row = try Row.fetchOne(
                db, sql: "SELECT secret, used_step FROM second_step WHERE account = ?", arguments: [account.blob])
            guard let row else { return nil }
            let left = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM recovery_code WHERE account = ?", arguments: [account.blob])
            let key = try self.keys.key(of: account.subject)
            return StoredCodes(
                secret: Personal(sealed: try row.bytes("secret"), row: account.decoded, key: key),
                usedStep: try row.number("used_step"), recoveryCodes: left ?? 0)
        }
    }

    /// An account asks for codes from now on; those it asked for before count no more.
    package func setCodes(
        _ secret: Personal<CodeSecret>, usedStep: Int, recoveryCodes: [String], of account: AccountID
    ) async throws(StorageFailure) {
        try await self.file.write { db in
            try Self.dropCodes(of: account, db)
            let key = try self.keys.key(of: account.subject)
            try db.execute(
                sql: "INSERT INTO second_step (account, secret, used_step) VALUES (?, ?, ?)",
                arguments: [account.blob, try secret.sealed(row: account.decoded, key: key).blob, usedStep])
            for code in recoveryCodes {
                try db.execute(
                    sql: "INSERT INTO recovery_code (code_hash, account) VALUES (?, ?)",
                    arguments: [self.mark(of: code, account).blob, account.blob])
            }
        }
    }

    /// A code of a half minute is used; false when it, or one after it, was before.
    package func use(step: Int, of account: AccountID) async throws(StorageFailure) -> Bool {
        try await self.file.write { db in
            try db.execute(
                sql: "UPDATE second_step SET used_step = ? WHERE account = ? AND used_step < ?",
                arguments: [step, account.blob, step])
            return db.changesCount == 1
        }
    }

    /// A recovery code is used; false when there is none like it, or no more.
    package func use(recoveryCode code: String, of account: AccountID) async throws(StorageFailure) -> Bool {
        try await self.file.write { db in
            try db.execute(
                sql: "DELETE FROM recovery_code WHERE code_hash = ? AND account = ?",
                arguments: [self.mark(of: code, account).blob, account.blob])
            return db.changesCount == 1
        }
    }

    /// A password is enough from now on.
    package func dropCodes(of account: AccountID) async throws(StorageFailure) {
        try await self.file.write { db in try Self.dropCodes(of: account, db) }
    }

    private static func dropCodes(of account: AccountID, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM recovery_code WHERE account = ?", arguments: [account.blob])
        try db.execute(sql: "DELETE FROM second_step WHERE account = ?", arguments: [account.blob])
    }

    private func mark(of code: String, _ account: AccountID) -> [UInt8] {
        self.installation.mark(.recoveryCode, account.decoded + Array(code.utf8))
    }
}
