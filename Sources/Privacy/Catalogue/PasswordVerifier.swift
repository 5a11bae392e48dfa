/// What a password is checked against: scrypt's outcome with its cost and salt, never the password.
package enum PasswordVerifier: Field {
    /// As `PasswordHash` of the meeting's rules writes it.
    package typealias Value = String

    /// Its row.
    package static let entry = Entry.column(
        "account", "password", .credentials, .sealedPerSubject, for: .security, .whileAccount, from: .computed,
        nl: "Controleert een wachtwoord zonder het te bewaren; raden blijft traag, ook voor wie de database heeft.",
        en: "Checks a password without keeping it; guessing stays slow, even for whoever has the database.")
}

/// Who may read verifiers.
package protocol MayReadPasswordVerifier: Purpose {}
extension Authenticate: MayReadPasswordVerifier {}

extension Personal where F == PasswordVerifier {
    /// The verifier.
    package func read<P: MayReadPasswordVerifier>(
        for purpose: P.Type, _ ledger: PurposeLedger
    ) throws(SealFailure) -> String {
        try self.open(for: purpose, ledger)
    }
}
