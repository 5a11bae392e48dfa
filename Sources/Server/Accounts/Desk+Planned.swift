package import Edge
internal import Meeting
internal import Persistence
package import Signalling

extension Desk {
    /// One's planned meetings.
    package func planned(_ who: SignedIn, after id: MeetingID?) async throws(AccountRefusal) -> PlannedMeetings {
        try await self.kept { store throws(StorageFailure) in try await store.planned(of: who.account, after: id) }
    }

    /// Plans a meeting, under a new id, with the token that makes it joinable. What is over already would be gone before anybody saw it.
    package func plan(_ who: SignedIn, _ plan: MeetingPlan) async throws(AccountRefusal) -> PlannedMeeting {
        try self.check(plan)
        let token: CreationToken = self.random(32)
        let meeting = PlannedMeeting(id: self.random(16), plan: plan, token: token)
        let isKept = try await self.kept { store throws(StorageFailure) in
            try await store.plan(meeting, token: token, of: who.account)
        }
        guard isKept else { throw AccountRefusal(.conflict) }
        return meeting
    }

    /// Changes a plan. Somebody else's meeting is none that there is.
    package func change(_ who: SignedIn, _ meeting: PlannedMeeting) async throws(AccountRefusal) {
        try self.check(meeting.plan)
        let isChanged = try await self.kept { store throws(StorageFailure) in
            try await store.change(meeting, of: who.account)
        }
        guard isChanged else { throw AccountRefusal(.notFound) }
    }

    /// Cancels a plan.
    package func cancel(_ who: SignedIn, _ id: MeetingID) async throws(AccountRefusal) {
        let isCancelled = try await self.kept { store throws(StorageFailure) in
            try await store.cancel(id, of: who.account)
        }
        guard isCancelled else { throw AccountRefusal(.notFound) }
    }

    /// Counts a meeting that somebody makes without planning it: so many an hour.
    package func countMeeting(of who: SignedIn) async throws(AccountRefusal) {
        let wait = self.recentMeetings.count(of: who.account, now: self.clock.instant())
        if let wait { throw AccountRefusal(.tooFast, retrySeconds: wait) }
    }

    private func check(_ plan: MeetingPlan) throws(AccountRefusal) {
        guard plan.starts + plan.minutes * 60 > self.now().seconds else { throw AccountRefusal(.malformed) }
    }
}
