/// Sorts of pre-shared keys (RFC 9420 §8.4).
package enum PSKType: UInt8, Sendable {
    /// Brought by the application.
    case external = 1
    /// From an epoch of a group.
    case resumption = 2
}
