/// A secret with several holders, such as the current epoch and a pending copy of the next one. The bytes are zeroed
/// when the last holder lets go.
package final class HeldSecret: Sendable {
    /// The secret itself.
    package let secret: Secret

    /// Holds `secret`.
    package init(_ secret: consuming Secret) { self.secret = secret }
}
