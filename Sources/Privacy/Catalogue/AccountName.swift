/// How somebody wants to be called.
package enum AccountName: Field {
    /// As it was typed.
    package typealias Value = String

    /// Its row.
    package static let entry = Entry.column(
        "account", "name", .account, .sealedPerSubject,
        for: .rights + [Entry.Use(.provideMeeting, .contract)], .whileAccount, readers: [.user, .admin],
        from: .theSubject,
        nl: "Staat klaar als iemands naam in een gesprek, en laat een beheerder accounts uit elkaar houden.",
        en: "Stands ready as somebody's name in a meeting, and lets an admin tell accounts apart.")
}

/// Who may read names.
package protocol MayReadAccountName: Purpose {}
extension Authorise: MayReadAccountName {}
extension ProvideMeeting: MayReadAccountName {}

extension Personal where F == AccountName {
    /// The name.
    package func read<P: MayReadAccountName>(
        for purpose: P.Type, _ ledger: PurposeLedger
    ) throws(SealFailure) -> String {
        try self.open(for: purpose, ledger)
    }
}
