/// What a token is worth for a meeting.
package enum MeetingClaim: Equatable, Sendable {
    /// No such meeting.
    case unknown
    /// Nothing.
    case unauthorized
    /// The meeting can be registered with it.
    case open
    /// The meeting can be joined, and its personal links change with it.
    case registered(RegisteredMeeting)
    /// The disk did not say.
    case failed
}
