/// When a meeting is, and what only its members can read about it.
package struct MeetingPlan: Equatable, Sendable {
    /// Seconds of Unix time.
    package var starts: Int
    /// How long.
    package var minutes: Int
    /// Its kind.
    package var profile: MeetingProfile
    /// Topic and agenda, sealed by the client. It may be left out until the client knows the meeting's id.
    package var card: [UInt8]?

    /// A plan.
    package init(starts: Int, minutes: Int, profile: MeetingProfile, card: [UInt8]? = nil) {
        self.starts = starts
        self.minutes = minutes
        self.profile = profile
        self.card = card
    }
}

extension MeetingPlan: RecordBody {
    static let record = Record<Self>(
        "MeetingPlan", Self.init, .required("starts", \.starts, .whole(AccountLimits.starts)),
        .required("minutes", \.minutes, .whole(AccountLimits.minutes)), .required("profile", \.profile, .choice),
        .optional("card", \.card, .base64(AccountLimits.cardBytes)))
}

/// A planned meeting with its id.
package struct PlannedMeeting: Equatable, Sendable {
    /// The meeting, as in its link.
    package var id: MeetingID
    /// Its plan.
    package var plan: MeetingPlan
    /// For registering its invite and changing its personal links. It is told once, to whoever plans it, and only its keyed
    /// hash is kept.
    package var token: CreationToken?

    /// A planned meeting.
    package init(id: MeetingID, plan: MeetingPlan, token: CreationToken? = nil) {
        self.id = id
        self.plan = plan
        self.token = token
    }
}

extension PlannedMeeting: RecordBody {
    static let record = Record<Self>(
        "PlannedMeeting", Self.init, .required("id", \.id, .id), .required("plan", \.plan, MeetingPlan.record.shape),
        .optional("token", \.token, .id))
}

/// Some planned meetings of one account, in the order of their ids, which is none that means anything.
package struct PlannedMeetings: Equatable, Sendable {
    /// As many as an answer has, if they are small.
    package static let countAtMost = 100
    /// Of text, with room to spare below what an answer may have.
    private static let bytesAtMost = 48_000

    /// The meetings.
    package var meetings: [PlannedMeeting]
    /// After which the next answer begins; absent where these are the last.
    package var next: MeetingID?

    /// Some planned meetings.
    package init(meetings: [PlannedMeeting], next: MeetingID?) {
        self.meetings = meetings
        self.next = next
    }

    /// As many of these as fit into one answer, and where the next one goes on.
    package init(fitting meetings: [PlannedMeeting]) {
        var bytes = 0
        let fitting = meetings.prefix(Self.countAtMost).prefix { meeting in
            bytes += JSON.object(PlannedMeeting.record.write(meeting)).encoded.utf8.count
            return bytes <= Self.bytesAtMost
        }
        let isAll = fitting.count == meetings.count
        self.init(meetings: Array(fitting), next: isAll ? nil : fitting.last?.id)
    }
}

extension PlannedMeetings: RecordBody {
    static let record = Record<Self>(
        "PlannedMeetings", Self.init,
        .required("meetings", \.meetings, .list(PlannedMeeting.record.shape, atMost: Self.countAtMost)),
        .optional("next", \.next, .id))
}
