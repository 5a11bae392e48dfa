internal import GRDB
package import Meeting
package import Signalling

extension Store {
    /// Keeps a new planned meeting, and by what its token is recognised; false when the account has as many as it may have.
    package func plan(
        _ meeting: PlannedMeeting, token: CreationToken, of owner: AccountID
    ) async throws(StorageFailure) -> Bool {
        let mark = self.mark(of: token, meeting.id)
        return try await self.file.write { db in
            let own = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM planned_meeting WHERE owner = ?", arguments: [owner.blob])
            guard let own, own < AccountLimits.plannedMeetings else { return false }
            try db.execute(
                sql: """
                    INSERT INTO planned_meeting (id, owner, card, starts_at, minutes, profile, token_hash)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    meeting.id.blob, owner.blob, meeting.plan.card?.blob, meeting.plan.starts, meeting.plan.minutes,
                    meeting.plan.profile.rawValue, mark.blob,
                ])
            return true
        }
    }

    /// Puts another plan in the place of one; false when the account has no such meeting.
    package func change(_ meeting: PlannedMeeting, of owner: AccountID) async throws(StorageFailure) -> Bool {
        try await self.file.write { db in
            try db.execute(
                sql: """
                    UPDATE planned_meeting SET card = ?, starts_at = ?, minutes = ?, profile = ?
                    WHERE id = ? AND owner = ?
                    """,
                arguments: [
                    meeting.plan.card?.blob, meeting.plan.starts, meeting.plan.minutes, meeting.plan.profile.rawValue,
                    meeting.id.blob, owner.blob,
                ])
            return db.changesCount == 1
        }
    }

    /// Deletes a planned meeting; false when the account has no such meeting.
    package func cancel(_ id: MeetingID, of owner: AccountID) async throws(StorageFailure) -> Bool {
        try await self.file.write { db in
            try db.execute(
                sql: "DELETE FROM planned_meeting WHERE id = ? AND owner = ?", arguments: [id.blob, owner.blob])
            return db.changesCount == 1
        }
    }

    /// Whether a planned meeting is an account's, and its time not over.
    package func owns(_ owner: AccountID, _ id: MeetingID, now: WallTime) async throws(StorageFailure) -> Bool {
        try await self.file.read { db in
            let sql = """
                SELECT count(*) FROM planned_meeting
                WHERE id = ? AND owner = ? AND starts_at + minutes * 60 + ? > ?
                """
            let arguments: StatementArguments = [id.blob, owner.blob, Self.plannedSeconds, now.seconds]
            return try Int.fetchOne(db, sql: sql, arguments: arguments) == 1
        }
    }

    /// The planned meetings that go with an account.
    package func plannedIDs(of owner: AccountID) async throws(StorageFailure) -> [MeetingID] {
        try await self.file.read { db in
            try Row.fetchAll(db, sql: "SELECT id FROM planned_meeting WHERE owner = ?", arguments: [owner.blob])
                .map { try $0.id("id", MeetingID.self) }
        }
    }

    /// Some planned meetings of an account, in the order of their ids, as many as fit into one answer.
    package func planned(
        of owner: AccountID, after id: MeetingID?
    ) async throws(StorageFailure) -> PlannedMeetings {
        try await self.file.read { db in
            let sql = """
                SELECT id, card, starts_at, minutes, profile FROM planned_meeting WHERE owner = ? AND id > ?
                ORDER BY id LIMIT ?
                """
            let arguments: StatementArguments = [
                owner.blob, (id?.decoded ?? Self.beforeAll).blob, PlannedMeetings.countAtMost + 1,
            ]
            let rows = try Row.fetchAll(db, sql: sql, arguments: arguments)
            return PlannedMeetings(fitting: try rows.map { try PlannedMeeting($0) })
        }
    }
}

extension PlannedMeeting {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: try row.id("id", MeetingID.self),
            plan: MeetingPlan(
                starts: try row.number("starts_at"), minutes: try row.number("minutes"),
                profile: try row.word("profile", MeetingProfile.self), card: try row.bytesIfAny("card")))
    }
}
