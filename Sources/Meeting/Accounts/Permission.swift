internal import Signalling

/// Who may do what (`privacy.md` 1.1): one table, and what does not stand in it may nobody.
package enum Permission {
    /// What needs no account. Guests are here, and nowhere else.
    private static let everybody: Set<Action> = [
        .usePages, .joinMeeting, .exchangeFiles, .searchByReceipt, .readMetrics, .createMeetingHere, .signIn,
    ]

    private static let own: Set<Action> = [.ownAccount, .secureOwnAccount]

    private static let table: [AccountRole: Set<Action>] = [
        .host: Self.own.union([.createMeeting, .planMeetings]),
        .admin: Self.own.union([.inviteAccounts, .renewPasswords, .listAccounts, .deleteAccounts]),
        .privacyOfficer: Self.own,
        .operator: Self.own,
    ]

    /// Whether somebody may do something; nil stands for whoever is not signed in.
    package static func allows(_ action: Action, to roles: Roles?) -> Bool {
        if Self.everybody.contains(action) { return true }
        return (roles?.list ?? []).contains { Self.table[$0, default: []].contains(action) }
    }

    /// Whether somebody who may make links makes them for whoever is, or will be, that. An admin alone makes hosts and admins:
    /// otherwise they would give themselves a supervisor's account, or open one. A privacy officer makes all.
    package static func allowsLink(for roles: Roles, to maker: Roles) -> Bool {
        Roles.privacyOfficer.isSubset(of: maker) || roles.isSubset(of: [.host, .admin])
    }
}
