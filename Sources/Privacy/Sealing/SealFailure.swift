/// Why something sealed cannot be opened. Which of many causes it was is not told.
package enum SealFailure: Error, Equatable, Sendable {
    /// Another key, another place, or bytes that were changed.
    case damaged
}
