package import Foundation
internal import GRDB
package import Privacy
internal import Signalling

/// What outlives the program: accounts, sign-ins, links and planned meetings, in one folder. Personal fields lie sealed
/// under their account's key; tokens and addresses are found by keyed hashes.
package struct Store: Sendable {
    /// The database's name in the folder.
    package static let fileName = SQLiteFile.name

    /// What every id comes after. Not no bytes at all: those are bound as NULL, which nothing comes after.
    static let beforeAll: [UInt8] = [0]

    let file: SQLiteFile
    let keys: any KeyStore
    let installation: InstallationKeys
    let ledger: PurposeLedger

    /// Opens the folder, or makes what is missing in a new one. `witness` is told between any two steps of writing; tests
    /// that pull the plug there give one.
    package init(
        in folder: URL, ledger: PurposeLedger, witness: (@Sendable () -> Void)? = nil
    ) throws(StorageFailure) {
        let path = folder.standardizedFileURL.path(percentEncoded: false)
        let data = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let hasDatabase = FileManager.default.fileExists(atPath: "\(data)/\(SQLiteFile.name)")
        self.ledger = ledger
        self.installation = try InstallationRoot.keys(in: data, hasDatabase: hasDatabase, witness)
        self.keys = try KeyFolder(in: data, self.installation, witness)
        // Made here, because SQLite would let others read it; its log gets the same rights.
        if !hasDatabase { try DurableFile.write([], to: "\(data)/\(SQLiteFile.name)", in: data, witness) }
        self.file = try SQLiteFile(in: data, witness)
        let keys = self.keys
        try self.file.stepsNow { db in try Self.destroyKeys(db, keys) }
    }

    /// Finishes what a crash left: keys of accounts that are gone, or never came to be. Nobody else writes meanwhile: another
    /// process may be about to need one of them.
    static func destroyKeys(_ db: Database, _ keys: any KeyStore) throws {
        try db.inTransaction {
            for row in try Row.fetchAll(db, sql: "SELECT subject FROM key_to_destroy") {
                let bytes = try row.bytes("subject")
                guard let subject = SubjectID(bytes) else { throw StorageFailure.damaged }
                try keys.destroy(subject)
                try db.execute(sql: "DELETE FROM key_to_destroy WHERE subject = ?", arguments: [bytes.blob])
            }
            return .commit
        }
    }
}

extension AccountID {
    /// Whose key it is.
    var subject: SubjectID {
        guard let subject = SubjectID(self.decoded) else { preconditionFailure("an account's id has 16 bytes") }
        return subject
    }
}
