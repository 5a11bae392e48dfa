/// Who may make meetings.
package enum Creators: String, CaseIterable, Sendable {
    /// Whoever works on this machine, without an account: for trying things out.
    case anyone
    /// Whoever is signed in as a host.
    case accounts
}
