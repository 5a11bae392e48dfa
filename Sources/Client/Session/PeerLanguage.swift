/// What a person speaks: the host sees it of those who wait, and word codes are in it.
public enum PeerLanguage: String, Sendable, CaseIterable {
    /// English.
    case en
    /// Dutch.
    case nl

    /// The number of its list of words (`e2ee.md` 9).
    var wordlist: UInt8 {
        switch self {
        case .en: 1
        case .nl: 2
        }
    }
}
