/// The cookies there are: one, and guests never get it (`privacy.md` 11.1).
package enum CookieName: String, CaseIterable, Sendable {
    /// Who is signed in. Browsers take a name with this prefix only with Secure, for the whole host and for no other.
    case session = "__Host-beraad"
}

extension Catalogue {
    /// Cookies, by name.
    static let cookies: [Entry] = CookieName.allCases.map { name in
        switch name {
        case .session:
            Entry(
                .cookie(name.rawValue), .cookies, of: .user, .clear, for: .signIn, as: .processor,
                .untilEvent(.browserClosed), in: .device, readers: [.user], from: .computed,
                because: Entry.Necessity(
                    nl:
                        "Houdt iemand ingelogd tot de browser sluit; zonder deze cookie vraagt elke klik het wachtwoord.",
                    en:
                        "Keeps somebody signed in until the browser closes; without it every click asks for the password."
                ))
        }
    }
}
