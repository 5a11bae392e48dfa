package import Meeting
package import Signalling

/// What the house needs from whoever keeps planned meetings. What was deleted there, the house is told by whoever asked for it
/// (`House.forget`).
package protocol PlannedDoor: Sendable {
    /// What a planned meeting was registered with.
    func registered(_ id: MeetingID) async -> PlannedLookup
    /// Whether a meeting is planned, and its time not over. Where the disk does not say, it is.
    func isPlanned(_ id: MeetingID) async -> Bool
    /// Makes a planned meeting joinable.
    func register(
        _ registration: InviteRegistration, for id: MeetingID, token: CreationToken, _ passcodes: PasscodeKeys
    ) async -> Meetings.Registration
    /// Changes its personal links.
    func change(
        _ id: MeetingID, token: CreationToken, _ change: @Sendable (inout RegisteredMeeting) -> TicketChange
    ) async -> TicketChange
    /// Keeps what newcomers are asked for from now on. False where the disk did not take that; one that is not there needs none.
    func keep(passcode: PasscodeHash?, of id: MeetingID) async -> Bool
    /// Deletes a planned meeting: a host ended it for everybody. False where the disk did not take that.
    func end(_ id: MeetingID) async -> Bool
}
