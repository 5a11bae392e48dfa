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

/// What can go wrong in the engine; equal when owner, reason and leaf are.
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
        /// A version, suite, algorithm or type that is not ours.
        case unsupported
        /// Something that nothing requires to be known is asked for: a member, a leaf, a pre-shared key, a proposal.
        case unknown
        /// The message is for another group.
        case wrongGroup
        /// The message is for another epoch.
        case wrongEpoch
        /// A signature does not hold.
        case signature
        /// A membership tag or confirmation tag does not hold.
        case tag
        /// A sender of this type, or at this leaf, may not send this (RFC 9420 §6, §12.1.8).
        case sender
        /// A leaf node breaks a rule of RFC 9420 §7.3.
        case leafNode
        /// A key package breaks a rule of RFC 9420 §10.1.
        case keyPackage
        /// A key stands in the tree twice, or does not change where it has to.
        case keyReuse
        /// Members do not support what the group needs (RFC 9420 §7.3, §11.1, §13.4).
        case capabilities
        /// A list of extensions is wrong (RFC 9420 §13.4).
        case extensions
        /// The ratchet tree is not well-formed (RFC 9420 §7.8, §12.4.3.3).
        case tree
        /// The hash of the tree is another one.
        case treeHash
        /// A parent hash does not hold (RFC 9420 §7.9).
        case parentHash
        /// The list of proposals is invalid (RFC 9420 §12.2).
        case proposalList
        /// An update path does not open for us, or does not lead to its keys (RFC 9420 §7.5, §12.4.2).
        case updatePath
        /// A generation was used before, or was skipped too long ago (RFC 9420 §9.2).
        case generation
        /// A pre-shared key is missing or may not be used here (RFC 9420 §8.4, §12.1.4).
        case preSharedKey
        /// The group was closed by a ReInit, or we are not in it any more.
        case closed
        /// Our own Commit came back: the pending copy is adopted instead.
        case own
        /// An update path is missing or has another shape than the tree, as everybody sees (RFC 9420 §7.6, §12.4).
        case pathShape
        /// A key of the tree, a path or a key package to which nobody can encrypt.
        case unusableKey
        /// More than a Commit or a leaf may hold (`CommitLimits`).
        case limit
        /// A generation lies too far ahead (RFC 9420 §15.3).
        case ahead
    }

    /// Who is to blame.
    public let owner: FaultOwner
    /// What went wrong.
    public let reason: Reason
    /// The member whose doing it is, when it is one's.
    public let leaf: UInt32?

    /// An error of the engine.
    public init(_ owner: FaultOwner, _ reason: Reason, leaf: UInt32? = nil) {
        self.owner = owner
        self.reason = reason
        self.leaf = leaf
    }
}
