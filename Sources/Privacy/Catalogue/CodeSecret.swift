/// What the codes of an app are made from (RFC 6238).
package enum CodeSecret: Field {
    /// 20 random bytes.
    package typealias Value = [UInt8]

    /// Its row.
    package static let entry = Entry.column(
        "second_step", "secret", .credentials, .sealedPerSubject, for: .security, .untilEvent(.takenAway),
        from: .computed,
        nl: "Rekent dezelfde codes uit als de app van het account, om ze te vergelijken.",
        en: "Works out the same codes as the account's app, to compare them.")
}

/// Who may read it.
package protocol MayReadCodeSecret: Purpose {}
extension Authenticate: MayReadCodeSecret {}

extension Personal where F == CodeSecret {
    /// Its bytes.
    package func read<P: MayReadCodeSecret>(
        for purpose: P.Type, _ ledger: PurposeLedger
    ) throws(SealFailure) -> [UInt8] {
        try self.open(for: purpose, ledger)
    }
}
