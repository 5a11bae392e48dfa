/// What became of one case of a vector file.
package enum VectorOutcome: Equatable, Sendable {
    /// It holds.
    case holds
    /// It does not.
    case fails
    /// It needs an algorithm nobody here has; what could be checked without it holds.
    case skipped

    /// Outcome of a case of a suite that may be incomplete here.
    init(_ holds: Bool, isComplete: Bool) {
        self = holds ? (isComplete ? .holds : .skipped) : .fails
    }
}
