extension Catalogue {
    private static let upkeep = [Entry.Use(.restoreService, .legalObligation)]

    /// What the database needs for itself.
    static let machinery: [Entry] = [
        Entry(
            .column(table: "migration", name: "number"), .none, of: .none, .clear, for: Self.upkeep, as: .processor,
            .untilEvent(.installationRemoved), in: .installation, readers: [], from: .computed,
            because: Entry.Necessity(
                nl: "Zegt welke veranderingen van de tabellen gedaan zijn; gaat over niemand.",
                en: "Says which changes of the tables were made; it is about nobody.")),
        .column(
            "key_to_destroy", "subject", .credentials, .clear, for: [Entry.Use(.answerRights, .legalObligation)],
            .untilEvent(.takenAway), from: .computed,
            nl:
                "Onthoudt welke sleutel nog weg moet, zodat ook een stroomstoring het wissen van een account niet tegenhoudt.",
            en:
                "Remembers which key has to go yet, so that a power cut does not keep an account from being erased either."
        ),
    ]
}
