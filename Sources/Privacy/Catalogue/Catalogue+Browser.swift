/// What is kept in the browser of somebody with an account; guests never have any of it (`privacy.md` 4.6, 11.1). Only
/// `Web/storage.js` touches it, and for `shell` the worker `Web/sw.js`.
package enum BrowserStore: String, CaseIterable, Sendable {
    /// The key of planned meetings. It cannot be taken out of the browser.
    case device
    /// What was chosen last.
    case preferences
    /// The page and the files of a release, for whoever installed the program; equal for everybody.
    case shell
}

extension Catalogue {
    /// As long as somebody comes back within it; signing out ends it at once.
    private static let unused = Retention.afterEvent(.lastUse, .days(90), ceiling: .days(90))

    /// What lies in the browser, by name: each in a database (IndexedDB) of its own with one entry; files in Cache Storage.
    static let browser: [Entry] = BrowserStore.allCases.map { store in
        switch store {
        case .device:
            Self.kept(
                store, .credentials, for: .planning, Self.unused, from: .theSubject,
                nl:
                    "De sleutel waarmee deze browser de links van geplande gesprekken opent, met de dag van laatste gebruik; tot uitloggen of 90 dagen zonder gebruik.",
                en:
                    "The key by which this browser opens the links of planned meetings, with the day it was used last; until sign-out or 90 days without use."
            )
        case .preferences:
            Self.kept(
                store, .cookies, for: .planning, Self.unused, from: .theSubject,
                nl:
                    "Het soort gesprek dat iemand het laatst koos, zodat het de volgende keer klaarstaat; tot uitloggen of 90 dagen zonder gebruik.",
                en:
                    "The kind of meeting that somebody chose last, so that it is there the next time; until sign-out or 90 days without use."
            )
        case .shell:
            Self.kept(
                store, .none, for: [Entry.Use(.provideMeeting, .contract)], .untilEvent(.takenAway), from: .computed,
                nl:
                    "De pagina en de programmabestanden, voor iedereen gelijk, van wie Beraad installeerde, zodat het ook zonder verbinding start; tot weghalen of uitloggen.",
                en:
                    "The page and the program files, equal for everybody, of whoever installed Beraad, so that it starts without a connection too; until it is removed or sign-out."
            )
        }
    }

    private static func kept(
        _ store: BrowserStore, _ dataClass: DataClass, for uses: [Entry.Use], _ retention: Retention,
        from source: Entry.Source, nl: String, en: String
    ) -> Entry {
        Entry(
            .webStorage(store.rawValue), dataClass, of: .user, .clear, for: uses, as: .processor, retention,
            in: .device, readers: [.user], from: source, because: Entry.Necessity(nl: nl, en: en))
    }
}
