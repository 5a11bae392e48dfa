/// What became of a wish to change the personal links of a meeting.
package enum TicketChange: Equatable, Sendable {
    /// The links are there.
    case added
    /// The link with this key opens nothing any more.
    case revoked(LeafKey)
    /// No such meeting.
    case unknown
    /// Not with this token.
    case unauthorized
    /// The meeting never had such a link.
    case noTicket
    /// The meeting cannot be joined yet, has as many links as it may have, or took one of these back before.
    case conflict
    /// What its authority is said to have signed is not that.
    case malformed
    /// It could not be kept; nobody's fault but the disk's.
    case failed
    /// The token was used too often.
    case tooFast(retrySeconds: Int)
}
