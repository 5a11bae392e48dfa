package import MediaCore

/// What the control plane asks of the media plane. Commands are total: one that names what is not there is answered, or
/// ignored, and never a trap. They are carried out in the order of `submit`, each within one turn of its worker.
package enum SFUCommand: Sendable {
    /// Makes a room on the worker with the fewest. Making it twice is no harm.
    case openRoom(RoomID)
    /// Ends a room and every endpoint in it.
    case closeRoom(RoomID)
    /// Makes an endpoint. Answered by `opened` or `refused`.
    case open(OpenRequest)
    /// Ends an endpoint. Answered by `ended(closed)`.
    case close(EndpointID)
    /// The endpoint's section with this mid starts to send.
    case announce(EndpointID, PublicationID, mid: String)
    /// It stopped (a mute, too): not a packet more is forwarded.
    case withdraw(PublicationID)
    /// Withdraws, and refuses to announce that section until `permit`.
    case forbid(PublicationID)
    /// Nothing of this endpoint is forwarded until `permit`.
    case forbidAll(EndpointID)
    /// It may announce again.
    case permit(EndpointID)
    /// Replaces what an endpoint wants to see; sound needs no asking.
    case want(EndpointID, [Want])
    /// ICE restart with the client's new credentials. Answered by `restarted`.
    case restart(EndpointID, remote: ICECredentials)
    /// Asks every worker for its counters.
    case statistics
}
