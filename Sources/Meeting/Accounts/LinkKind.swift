/// What a one-time link is for, and how long it waits.
package enum LinkKind: String, CaseIterable, Sendable {
    /// The first account; printed when the server starts and there is none.
    case setUp
    /// Another account, at an admin's wish.
    case invitation
    /// A new password, by an admin or whoever runs the machine.
    case renewal

    /// Bytes of a link's token, random.
    package static let tokenBytes = 32

    /// After this it opens nothing.
    package var lifetime: Duration {
        switch self {
        case .setUp: .seconds(86_400)
        case .invitation: .seconds(7 * 86_400)
        case .renewal: .seconds(3_600)
        }
    }

    /// The page it leads to; the token stands behind #, where no server sees it.
    package var page: String {
        switch self {
        case .setUp: "/setup"
        case .invitation: "/invited"
        case .renewal: "/renew"
        }
    }
}
