package import Meeting
package import Signalling

/// What the house needs from whoever keeps planned meetings. What was deleted there, the house is told by whoever asked for it
/// (`House.forget`).
package protocol PlannedDoor: Sendable {
    /// What a planned meeting was registered with.
    func registered(_ id: MeetingID) async -> PlannedLookup
    /// Whether a meeting is planned, and its time not over; nil where the disk does not say.
    func isPlanned(_ id: MeetingID) async -> Bool?
    /// What a token is worth. Nothing is written for whoever has none.
    func claim(_ id: MeetingID, token: CreationToken) async -> MeetingClaim
    /// Makes a planned meeting joinable.
    func register(_ meeting: RegisteredMeeting, token: CreationToken) async -> Meetings.Registration
    /// Changes its personal links. Nobody else is served meanwhile, so signatures were verified before.
    func change(
        _ id: MeetingID, token: CreationToken, _ change: @Sendable (inout RegisteredMeeting) -> TicketChange
    ) async -> TicketChange
    /// Keeps what newcomers are asked for from now on. False where the disk did not take that; one that is not there needs none.
    func keep(passcode: PasscodeHash?, of id: MeetingID) async -> Bool
    /// Deletes a planned meeting: a host ended it for everybody. False where the disk did not take that.
    func end(_ id: MeetingID) async -> Bool
}
