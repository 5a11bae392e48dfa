/// Everything that is asked of the server over HTTP, by what it does. Each route names one.
package enum Action: CaseIterable, Sendable {
    /// Get pages, files and what is the same for everybody.
    case usePages
    /// Come to the door of a meeting; with its token make one joinable, and change its personal links.
    case joinMeeting
    /// Bring and fetch sealed files of a meeting, with a token that whoever is in it gets there.
    case exchangeFiles
    /// See by a receipt code what is kept of oneself, who has no account.
    case searchByReceipt
    /// Read the counters, which only this machine can.
    case readMetrics
    /// Make a meeting without an account: only this machine can.
    case createMeetingHere
    /// Make a meeting.
    case createMeeting
    /// Sign in, set up, accept an invitation, renew a password by a link.
    case signIn
    /// See oneself, sign out, give the password again, change it.
    case ownAccount
    /// Change what keeps others out of one's own account, or close it.
    case secureOwnAccount
    /// Look after one's planned meetings.
    case planMeetings
    /// Ask others to make an account.
    case inviteAccounts
    /// Give somebody a link to a new password.
    case renewPasswords
    /// See whose accounts there are.
    case listAccounts
    /// Close somebody's account.
    case deleteAccounts

    /// Whoever does this gave their password a moment ago: a browser left open does no lasting harm.
    package var needsConfirmation: Bool {
        switch self {
        case .secureOwnAccount, .inviteAccounts, .renewPasswords, .deleteAccounts: true
        case .usePages, .joinMeeting, .exchangeFiles, .searchByReceipt, .readMetrics, .createMeetingHere,
            .createMeeting, .signIn, .ownAccount, .planMeetings, .listAccounts:
            false
        }
    }
}
