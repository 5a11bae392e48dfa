/// Sorts of data, as the data sheet groups them (`privacy.md` 2.3). Those that nothing is kept of yet come with their
/// first row.
package enum DataClass: Sendable {
    /// E-mail address, name, role of an account.
    case account
    /// What people exchange in a meeting.
    case content
    /// When a meeting is planned, and what about.
    case context
    /// Passwords, second steps, sign-ins, keys.
    case credentials
    /// The cookie of a sign-in, and preferences.
    case cookies
    /// Nothing about anybody.
    case none
}
