/// Where base keys come from: the one thing the group protocol replaces. A frame names an epoch (its low 4 bits) and a
/// leaf; everything else about keys is MF1's own business.
public protocol FrameKeySource: ~Copyable {
    /// The epoch frames are sent in now.
    var currentEpoch: UInt64 { get }

    /// S of an epoch: log2 of the leaf capacity of its tree. Nothing when its keys are not kept (any more).
    func leafBits(in epoch: UInt64) -> Int?

    /// Whether `leaf` is this client.
    func isOwn(_ leaf: UInt32, in epoch: UInt64) -> Bool

    /// Whether somebody sits on `leaf`: a number that is another one as soon as the base key is another one, so that a
    /// cached key never outlives its owner, and the same one for the same base key, so that nothing is played twice when
    /// somebody goes and comes back. Nothing for a free leaf.
    func occupant(of leaf: UInt32, in epoch: UInt64) -> UInt64?

    /// Whether that leaf may send this kind (features and rights of the meeting).
    func allows(_ kind: FrameKind, from leaf: UInt32, in epoch: UInt64) -> Bool

    /// The base key for frames of `leaf`; nothing for a free leaf.
    borrowing func baseKey(of leaf: UInt32, in epoch: UInt64) -> Secret?
}
