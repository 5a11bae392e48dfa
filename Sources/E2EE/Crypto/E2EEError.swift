/// Who is to blame, so that a caller knows whether to drop, to report or to fix itself (`e2ee.md` 13).
public enum FaultOwner: UInt8, Sendable {
    /// A peer sent bytes that do not parse.
    case codec
    /// A peer broke a rule.
    case validation
    /// The caller made a mistake.
    case usage
    /// A primitive refused.
    case crypto
}

/// What can go wrong in the engine; equal when owner and reason are.
public struct E2EEError: Error, Equatable {
    /// The reason within its owner.
    public enum Reason: UInt8, Sendable {
        /// A tag did not match.
        case authentication
        /// A key, nonce, seed or output has a length the primitive does not take.
        case length
        /// The system gave no random bytes.
        case randomness
        /// The primitive failed without saying why.
        case primitive
        /// The bytes are not what the format says.
        case malformed
        /// A counter or key is at the end of its life.
        case wornOut
        /// The text does not fit the format.
        case tooLong
    }

    /// Who is to blame.
    public let owner: FaultOwner
    /// What went wrong.
    public let reason: Reason

    /// An error of the engine.
    public init(_ owner: FaultOwner, _ reason: Reason) {
        self.owner = owner
        self.reason = reason
    }
}
