extension Catalogue {
    /// Everything in the data folder. `{subject}` is the number of an account, `{blob}` a random name.
    package static let files: [Entry] = [
        Self.file(
            "beraad.sqlite", .account, of: .user, .sealedPerSubject,
            nl: "De database: accounts, aanmeldingen en afspraken, met wat persoonlijk is verzegeld.",
            en: "The database: accounts, sign-ins and appointments, with what is personal sealed."),
        Self.file(
            "beraad.sqlite-wal", .account, of: .user, .sealedPerSubject,
            nl: "Wat de database net heeft geschreven, zodat een storing niets half laat staan.",
            en: "What the database has just written, so that no failure leaves a thing half done."),
        Self.file(
            "beraad.sqlite-shm", .none, of: .none, .clear,
            nl: "Inhoudsopgave van het vorige bestand, door de database zelf bijgehouden.",
            en: "Table of contents of the file before, kept by the database itself."),
        Self.file(
            "accounts.key", .credentials, of: .none, .clear,
            nl: "Sleutel van de installatie waaronder de sleutels van accounts liggen; alleen de server leest haar.",
            en: "The installation's key under which the keys of accounts lie; only the server reads it."),
        Self.file(
            "accounts.seen", .none, of: .none, .clear,
            nl: "Dezelfde laatste tijd naast de database, waaraan de server een teruggezette reservekopie herkent.",
            en: "The same latest time beside the database, by which the server tells one from a back-up."),
        Self.file(
            "installation.key", .credentials, of: .none, .clear,
            nl: "Geheim waaruit de sleutels volgen waarmee de server iemand uit een gesprek kan zetten.",
            en: "The secret from which follow the keys by which the server can take somebody out of a meeting."),
        Self.file(
            "serving", .none, of: .none, .clear,
            nl: "Leeg bestand dat de server vasthoudt zolang hij draait, zodat een tweede deze map niet leegmaakt.",
            en: "An empty file that the server holds while it runs, so that a second one does not clear this folder."),
        Entry(
            .file("keys/{subject}.key"), .credentials, of: .user, .clear, for: .security, as: .processor,
            .whileAccount, in: .installation, readers: [], from: .computed,
            because: Entry.Necessity(
                nl:
                    "De sleutel van één account, ingepakt: wordt zij vernietigd, dan is alles van dat account overal onleesbaar.",
                en:
                    "The key of one account, wrapped: once it is destroyed, all of that account is unreadable everywhere."
            )),
        // Everybody in a meeting may share one, so the row is about those of whom the least may be kept.
        Entry(
            .file("blobs/{blob}"), .content, of: .guest, .memberCiphertext,
            for: [Entry.Use(.provideMeeting, .contract)], as: .processor, .untilEvent(.meetingEnd),
            in: .installation, readers: [.guest, .user, .host, .keyHolder], from: .theSubject,
            because: Entry.Necessity(
                nl:
                    "Een gedeeld bestand, in de browser versleuteld, tot het wordt ingetrokken of het gesprek eindigt; de server kan het niet lezen.",
                en:
                    "A shared file, encrypted in the browser, until it is taken back or the meeting ends; the server cannot read it."
            )),
    ]

    private static func file(
        _ name: String, _ dataClass: DataClass, of subject: Entry.Subject, _ form: Entry.Form, nl: String, en: String
    ) -> Entry {
        Entry(
            .file(name), dataClass, of: subject, form, for: .security, as: .processor,
            .untilEvent(.installationRemoved), in: .installation, readers: [.operatorOfMachine], from: .computed,
            because: Entry.Necessity(nl: nl, en: en))
    }
}
