import Privacy

/// Lines of the ledger that tests look at.
enum PurposeLedgerLine {
    static let emailForRights = PurposeLedger.Line(.authorise, AccountEmail.entry.place)
}
