/// Where the keys of accounts are. It is no part of the database and of no back-up of it: what is destroyed here is
/// destroyed everywhere (`privacy.md` 3.5).
package protocol KeyStore: Sendable {
    /// Makes a key, and comes back when it would survive a power cut.
    func make(for subject: SubjectID) throws(KeyStoreFailure) -> SubjectKey
    /// The key of an account.
    func key(of subject: SubjectID) throws(KeyStoreFailure) -> SubjectKey
    /// Overwrites a key and removes it. A key that is not there is destroyed already.
    func destroy(_ subject: SubjectID) throws(KeyStoreFailure)
}

/// Why a key is not to be had.
package enum KeyStoreFailure: Error, Equatable, Sendable {
    /// There is none of that account.
    case missing
    /// What is there was not wrapped by this installation for that account.
    case damaged
    /// The disk refuses.
    case unwritable
}
