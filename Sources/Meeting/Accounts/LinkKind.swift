/// What a one-time link is for, and how long it waits.
package enum LinkKind: String, CaseIterable, Sendable {
    /// The first account; printed when the server starts and there is none.
    case setUp
    /// Another account, at an admin's wish.
    case invitation
    /// A new password, by an admin or whoever runs the machine.
    case renewal
    /// The same, and the codes of an app that is lost go; by whoever runs the machine.
    case recovery

    /// Bytes of a link's token, random.
    package static let tokenBytes = 32

    /// How often whoever has a link is told that an address has an account already.
    package static let refusalsAtMost = 3

    /// Whether it makes an account; the others renew the password of one there is.
    package var makesAccount: Bool {
        switch self {
        case .setUp, .invitation: true
        case .renewal, .recovery: false
        }
    }

    /// After this it opens nothing.
    package var lifetime: Duration {
        switch self {
        case .setUp: .seconds(86_400)
        case .invitation: .seconds(7 * 86_400)
        case .renewal, .recovery: .seconds(3_600)
        }
    }

    /// The page it leads to; the token stands behind #, where no server sees it.
    package var page: String {
        switch self {
        case .setUp: "/setup"
        case .invitation: "/invited"
        case .renewal, .recovery: "/renew"
        }
    }
}
