/// What somebody is in an installation (`privacy.md` 1). One person may be several.
package enum AccountRole: String, CaseIterable, Sendable {
    /// Plans and holds meetings.
    case host
    /// Looks after accounts and settings.
    case admin
    /// Supervises; sees no account without a request.
    case privacyOfficer
    /// Runs the machine.
    case `operator`
}
