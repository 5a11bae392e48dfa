/// Who may make meetings.
package enum Creators: String, CaseIterable, Sendable {
    /// Whoever works on this machine, without an account, and from elsewhere whoever is signed in as a host.
    case anyone
    /// Whoever is signed in as a host.
    case accounts
}
