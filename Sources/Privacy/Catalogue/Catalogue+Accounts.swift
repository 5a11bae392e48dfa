extension Catalogue {
    /// Table `account`.
    static let accounts: [Entry] = [
        .column(
            "account", "id", .account, .clear, for: .signIn + .rights, .whileAccount, from: .computed,
            nl: "Willekeurig nummer waaronder de andere gegevens van een account bij elkaar staan.",
            en: "A random number under which the other data of one account belong together."),
        .column(
            "account", "email_hash", .account, .keyedHash, for: .signIn, .whileAccount, from: .theSubject,
            nl: "Vindt het account bij een e-mailadres zonder dat het adres leesbaar in de database staat.",
            en: "Finds the account of an e-mail address without the address being readable in the database."),
        AccountEmail.entry, AccountName.entry, PasswordVerifier.entry,
        .column(
            "account", "roles", .account, .clear, for: .rights, .whileAccount, readers: [.user, .admin],
            from: .anotherPerson,
            nl: "Bepaalt wat iemand mag: gesprekken plannen, accounts beheren, toezicht houden.",
            en: "Decides what somebody may do: plan meetings, look after accounts, supervise."),
    ]
}
