/// Why a frame was not played. There is no case for "let it pass as it is".
public enum FrameDrop: UInt8, Error, Equatable, Sendable, CaseIterable {
    /// No bytes. Firefox sees empty audio frames: no alarm.
    case empty
    /// The shell of the codec is cut or not one we know.
    case shell
    /// No minimal SFrame header.
    case header
    /// A key id above 2^20.
    case keyID
    /// An epoch we have not reached: the caller may hold the frame for 500 ms.
    case newerEpoch
    /// An epoch whose keys are gone, or never were ours.
    case epochGone
    /// Nobody sits on the leaf.
    case leafFree
    /// Our own frame came back.
    case ownLeaf
    /// A reserved context.
    case context
    /// That leaf may not send this kind.
    case forbidden
    /// Seen before, or older than the window. Browsers deliver doubles: no alarm.
    case replayed
    /// The tag does not match: not sealed at all, sealed under another key, or changed on the way.
    case authentication
    /// Not version 1.
    case version
    /// An inner header that is cut or has bits where zeros belong.
    case inner
    /// Kind or context inside is not that of the key id.
    case kindMismatch
    /// The codec inside is not the negotiated one.
    case codecMismatch
    /// Key frame outside and not inside, or the other way round.
    case frameTypeMismatch
    /// Audio whose length is impossible or whose padding is not zero.
    case padding

    /// Normal on a healthy line; never an alarm.
    public var isExpected: Bool { self == .empty || self == .replayed }
}
