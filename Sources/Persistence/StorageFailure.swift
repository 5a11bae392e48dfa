internal import GRDB
internal import Privacy

/// Why something could not be kept or found. The database's own words are not passed on: they may hold values.
package enum StorageFailure: Error, Equatable, Sendable {
    /// The folder or the disk does not take it.
    case unwritable
    /// What is there is not what was written.
    case damaged
    /// There is a database, and the key of the installation that opens it is gone.
    case keyMissing
    /// A later release made the database.
    case tooNew
    /// What was deleted can still be found in the files.
    case notPurged
    /// Anything else.
    case failed

    init(_ error: any Error) {
        self =
            switch error {
            case let failure as StorageFailure: failure
            case is SealFailure: .damaged
            case KeyStoreFailure.unwritable: .unwritable
            case is KeyStoreFailure: .damaged
            case let error as DatabaseError: Self(error.resultCode)
            default: .failed
            }
    }

    private init(_ code: ResultCode) {
        self =
            switch code {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged
            case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR, .SQLITE_FULL: .unwritable
            default: .failed
            }
    }
}
