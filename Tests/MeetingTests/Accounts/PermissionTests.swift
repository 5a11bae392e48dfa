import Meeting
import Signalling
import Testing

@Suite("Who may do what")
struct PermissionTests {
    /// The whole table, written down a second time: changing who may do what means changing both.
    /// Columns: nobody signed in, host, admin, privacy officer, operator.
    private static let golden: [(Action, String)] = [
        (.usePages, "x x x x x"), (.joinMeeting, "x x x x x"), (.exchangeFiles, "x x x x x"),
        (.searchByReceipt, "x x x x x"), (.readMetrics, "x x x x x"), (.createMeetingHere, "x x x x x"),
        (.createMeeting, "- x - - -"),
        (.signIn, "x x x x x"), (.ownAccount, "- x x x x"), (.secureOwnAccount, "- x x x x"),
        (.planMeetings, "- x - - -"), (.inviteAccounts, "- - x - -"), (.renewPasswords, "- - x - -"),
        (.listAccounts, "- - x - -"), (.deleteAccounts, "- - x - -"),
    ]

    @Test("the table is the one that was agreed")
    func matrix() {
        #expect(Self.golden.map(\.0) == Action.allCases)
        let people: [Roles?] = [nil] + AccountRole.allCases.map { Roles(of: [$0]) }
        for (action, row) in Self.golden {
            let found = people.map { Permission.allows(action, to: $0) ? "x" : "-" }.joined(separator: " ")
            #expect(found == row, "\(action)")
        }
    }

    @Test("several roles are allowed what any of them is, and no more")
    func several() {
        let roles = Roles(of: [.host, .privacyOfficer])
        #expect(Permission.allows(.planMeetings, to: roles))
        #expect(!Permission.allows(.listAccounts, to: roles))
        #expect(!Permission.allows(.ownAccount, to: []))
    }

    @Test("an admin alone makes links for hosts and admins, a privacy officer for everybody")
    func links() {
        for roles in [Roles.host, .admin, [.host, .admin]] { #expect(Permission.allowsLink(for: roles, to: .admin)) }
        for roles in [Roles.privacyOfficer, .operator, [.host, .operator], .all] {
            #expect(!Permission.allowsLink(for: roles, to: [.admin, .host, .operator]))
            #expect(Permission.allowsLink(for: roles, to: [.admin, .privacyOfficer]))
        }
    }

    @Test("what changes the locks, or others' accounts, asks for the password again")
    func confirmation() {
        let dangerous = Action.allCases.filter(\.needsConfirmation)
        #expect(dangerous == [.secureOwnAccount, .inviteAccounts, .renewPasswords, .deleteAccounts])
    }

    @Test("roles are kept as numbers that stay what they are")
    func stored() {
        #expect(Roles.host.rawValue == 1)
        #expect(Roles.admin.rawValue == 2)
        #expect(Roles.privacyOfficer.rawValue == 4)
        #expect(Roles.operator.rawValue == 8)
        #expect(Roles(stored: 15) == .all)
        for none in [0, 16, 17, -1, .max, .min] { #expect(Roles(stored: none) == nil) }
        #expect(Roles(stored: 10)?.list == [.admin, .operator])
    }
}
