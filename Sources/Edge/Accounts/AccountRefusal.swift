package import Signalling

/// Why something about an account is not done: the word that is answered, and how long to wait.
package struct AccountRefusal: Error, Equatable, Sendable {
    /// The word.
    package let kind: Problem.Kind
    /// Seconds, where waiting helps.
    package let retrySeconds: Int?

    /// A refusal.
    package init(_ kind: Problem.Kind, retrySeconds: Int? = nil) {
        self.kind = kind
        self.retrySeconds = retrySeconds
    }
}
