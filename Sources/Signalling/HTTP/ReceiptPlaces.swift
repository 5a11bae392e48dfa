/// What a receipt code is looked for with.
package enum ReceiptLimits {
    /// Tables with things of people who have no account.
    package static let tables = 32
    /// All other tables that are named.
    package static let others = 64
    /// A table's name.
    static let name = TextForm.token(1...48)
}

/// Where this server keeps what (`privacy.md` 5.4): the same for everybody.
package struct ReceiptPlaces: Equatable, Sendable {
    /// Tables with things of people who have no account, which a receipt code finds.
    package var guests: [String]
    /// Tables with things of people who have an account, and of nobody else.
    package var accounts: [String]

    /// Where this server keeps what.
    package init(guests: [String], accounts: [String]) {
        self.guests = guests
        self.accounts = accounts
    }
}

extension ReceiptPlaces: RecordBody {
    static let record = Record<Self>(
        "ReceiptPlaces", Self.init,
        .required("guests", \.guests, .list(.text(ReceiptLimits.name), atMost: ReceiptLimits.tables)),
        .required("accounts", \.accounts, .list(.text(ReceiptLimits.name), atMost: ReceiptLimits.others)))
}
