package import Signalling

/// What somebody is. One person may be several things, and whoever sets an installation up is all of them.
package struct Roles: OptionSet, Hashable, Sendable {
    /// One bit a role. The numbers stand in databases, so none of them ever changes its meaning.
    package let rawValue: Int

    /// Takes bits as they are; `init(stored:)` looks at them.
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Plans and holds meetings.
    package static let host = Self(of: [.host])
    /// Looks after accounts.
    package static let admin = Self(of: [.admin])
    /// Supervises.
    package static let privacyOfficer = Self(of: [.privacyOfficer])
    /// Runs the machine.
    package static let `operator` = Self(of: [.operator])
    /// Every role there is.
    package static let all = Self(of: AccountRole.allCases)

    /// Of a list as it comes over the wire.
    package init(of roles: [AccountRole]) {
        self.init(rawValue: roles.reduce(0) { $0 | Self.bit(of: $1) })
    }

    /// Of a number in a database; nil for one that this release does not know, or for nobody at all.
    package init?(stored: Int) {
        guard stored > 0, stored & ~Self.all.rawValue == 0 else { return nil }
        self.init(rawValue: stored)
    }

    /// The list, in a fixed order.
    package var list: [AccountRole] { AccountRole.allCases.filter { self.contains($0) } }

    /// Whether somebody is that.
    package func contains(_ role: AccountRole) -> Bool { self.rawValue & Self.bit(of: role) != 0 }

    private static func bit(of role: AccountRole) -> Int {
        switch role {
        case .host: 1
        case .admin: 2
        case .privacyOfficer: 4
        case .operator: 8
        }
    }
}
