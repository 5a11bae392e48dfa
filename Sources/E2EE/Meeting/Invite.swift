/// What hangs on the invite secret of a link: invite_prk and the names derived from it (`e2ee.md` 3.1).
public struct Invite: ~Copyable, Sendable {
    /// A derived name, with context empty.
    public enum Name: UInt8, Sendable, CaseIterable {
        /// PSK identifier, stands in the policy; the server's proof that somebody has the link.
        case identifier
        /// External PSK of every Commit that adds a leaf.
        case preSharedKey
        /// MAC of the lobby request.
        case lobbyMAC
        /// MAC of a `new_member_proposal` Add.
        case joinMAC
        /// Key of title and host name.
        case card
        /// Goes into the sealing of the lobby card.
        case lobbyCardKey

        var label: StaticString {
            switch self {
            case .identifier: "invite id"
            case .preSharedKey: "invite psk"
            case .lobbyMAC: "lobby mac"
            case .joinMAC: "join mac"
            case .card: "card"
            case .lobbyCardKey: "lobby card key"
            }
        }

        var byteCount: Int { self == .identifier ? 16 : 32 }
    }

    let key: Secret

    init(key: consuming Secret) { self.key = key }

    /// An invite from invite_prk itself, 32 bytes: for known answers and for whoever keeps it between two links.
    public init(pseudorandomKey: consuming Secret) { self.key = pseudorandomKey }

    /// Another owner of the same secret.
    public borrowing func duplicate() -> Invite { Invite(key: self.key.duplicate()) }

    /// The bytes of a derived name.
    public borrowing func derive<Crypto: CryptoProvider>(_ name: Name, _ crypto: Crypto) -> Secret {
        Labelled<Crypto>.derive(crypto, from: self.key, name.label, [], count: name.byteCount)
    }
}
