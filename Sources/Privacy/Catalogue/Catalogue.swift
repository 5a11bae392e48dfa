/// Everything that is kept, wherever that is. A column, cookie or file that does not stand here fails the build, and so
/// does a row of which nothing is found (Promise P-071).
package enum Catalogue {
    /// All rows.
    package static let entries =
        Self.accounts + Self.secondSteps + Self.signIns + Self.planned + Self.machinery + Self.files + Self.cookies
        + Self.browser

    /// The rows of the database's columns.
    package static var columns: [Entry] {
        Self.entries.filter { if case .column = $0.place { true } else { false } }
    }
}

extension Entry {
    /// A column about the holder of an account, kept at the installation and shown to nobody but them, unless it is
    /// said.
    static func column(
        _ table: String, _ name: String, _ dataClass: DataClass, _ form: Form, for uses: [Use], _ retention: Retention,
        readers: Set<Reader> = [], from source: Source, nl: String, en: String
    ) -> Entry {
        Entry(
            .column(table: table, name: name), dataClass, of: .user, form, for: uses, as: .processor, retention,
            in: .installation, readers: readers, from: source, because: Necessity(nl: nl, en: en))
    }
}

extension [Entry.Use] {
    /// To know who signs in: without it there is no account.
    static let signIn = [Entry.Use(.authenticate, .contract)]
    /// To keep those out who are not the holder: GDPR Art. 32.
    static let security = [Entry.Use(.authenticate, .legalObligation)]
    /// Who may do what.
    static let rights = [Entry.Use(.authorise, .contract)]
    /// Appointments.
    static let planning = [Entry.Use(.planMeeting, .contract)]
}
