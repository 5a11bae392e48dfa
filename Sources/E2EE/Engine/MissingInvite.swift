/// An invite in force whose secret nobody told us.
struct MissingInvite: Sendable {
    let identifier: [UInt8]
    /// A host named it, or another one since ours was in force that we were not told of either: then ours may have got into
    /// wrong hands, and is not put in force again.
    let isOfHost: Bool
}
