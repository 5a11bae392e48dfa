/// A Commit of our own that waits for the delivery service: accepted, it is adopted; refused, it is dropped, and nothing
/// has happened (RFC 9420 §14).
package struct PendingCommit<Crypto: CryptoProvider>: ~Copyable, Sendable {
    /// To be sent.
    package let message: MLSMessage
    /// For the members it adds, to be sent after the Commit was accepted; nothing when it adds nobody.
    package let welcome: Welcome?
    /// What it changes.
    package let staged: StagedCommit<Crypto>

    init(message: MLSMessage, welcome: Welcome?, staged: consuming StagedCommit<Crypto>) {
        self.message = message
        self.welcome = welcome
        self.staged = staged
    }
}
