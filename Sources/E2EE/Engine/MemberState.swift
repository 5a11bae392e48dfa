/// Where a client is with a meeting (`e2ee.md` 4.4).
package enum MemberState: Equatable, Sendable {
    /// Nothing was asked yet.
    case idle
    /// The descriptors are awaited, or what they say about the way in.
    case checking
    /// Somebody with the right to admit has to open.
    case knocking
    /// An own Commit or a Welcome is awaited.
    case joining(JoinKind)
    /// In the group, without a sign that it is the right one: nothing of it is shown, nothing sent.
    case unproven
    /// In the meeting.
    case live
    /// In the meeting, and silent for a reason that the gate names.
    case paused
    /// Messages are missing.
    case behind
    /// State was lost: coming back in the own old place.
    case resync
    /// Going on from a state that was kept: the log is read again, and nothing is said until a Commit of our own is accepted.
    case restored
    /// Over, with everything wiped.
    case out(OutReason)

    /// Whether we have a leaf.
    package var isMember: Bool {
        switch self {
        case .unproven, .live, .paused, .behind: true
        default: false
        }
    }
}

/// Why it is over.
package enum OutReason: UInt8, Equatable, Sendable {
    /// Signature or fingerprint of what the server gave do not fit the link.
    case badLink
    /// The meeting wants a newer client, or a suite we refuse.
    case tooOld
    /// The host said no.
    case refused
    /// The rules of the meeting say no.
    case denied
    /// Three times an invalid way in.
    case badServer
    /// Removed for good.
    case ejected
    /// Removed, and free to knock again.
    case sentBack
    /// Removed by the server after a long silence.
    case lost
    /// Left.
    case left
    /// The meeting is over.
    case ended
    /// Our own state contradicts itself, or the server showed two truths.
    case fault
}
