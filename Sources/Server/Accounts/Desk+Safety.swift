package import Edge
internal import Meeting
internal import Persistence
package import Signalling

/// The safety checklist of planned meetings (Promise P-002).
extension Desk {
    /// What the organisation requires, in the order of the checklist.
    var requiredInOrder: [SafetyMeasure] { SafetyMeasure.allCases.filter(self.required.contains) }

    /// What is required and surely lacking, the first of it. What the server cannot know it does not refuse: the page of whoever
    /// plans does.
    func lacking(_ meeting: RegisteredMeeting) -> SafetyMeasure? {
        self.requiredInOrder.first { meeting.state(of: $0) == .missing }
    }

    /// The checklist of one's own planned meeting. Somebody else's is none that there is.
    package func safety(
        _ who: SignedIn, _ id: MeetingID, asksPasscode: @Sendable () async -> Bool?
    ) async throws(AccountRefusal) -> MeetingSafety {
        let now = self.now()
        let isOwn = try await self.kept { store throws(StorageFailure) in
            try await store.owns(who.account, id, now: now)
        }
        guard isOwn else { throw AccountRefusal(.notFound) }
        let meeting = try await self.registration(of: id)
        let isAsked = await asksPasscode()
        return MeetingSafety(
            measures: SafetyMeasure.allCases.map { measure in
                SafetyLine(
                    measure: measure, state: meeting?.state(of: measure, asksPasscode: isAsked) ?? .unknown,
                    required: self.required.contains(measure))
            })
    }
}
