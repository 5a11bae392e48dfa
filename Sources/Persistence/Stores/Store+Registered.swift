internal import GRDB
package import Meeting
package import Privacy
package import Signalling

/// Planned meetings that can be joined. Whoever has the token of one speaks for it; who its owner is does not matter here.
extension Store {
    /// What became of a registration.
    package enum Registering: Equatable, Sendable {
        /// It can be joined, or may be registered.
        case done
        /// No such meeting, or one whose time is over.
        case unknown
        /// Not with this token.
        case unauthorized
        /// It is registered already.
        case conflict
    }

    /// A row as far as it is needed here.
    private struct Planned {
        let id: MeetingID
        let owner: AccountID
        let mark: [UInt8]
        let sealed: [UInt8]?
    }

    /// What a planned meeting was registered with; nil where there is none.
    package func registration(
        of id: MeetingID, now: WallTime
    ) async throws(StorageFailure) -> Personal<PlannedRegistration>? {
        try await self.file.read { db in
            guard let planned = try Self.planned(id, db, now: now), let sealed = planned.sealed else { return nil }
            return Personal(sealed: sealed, row: id.decoded, key: try self.keys.key(of: planned.owner.subject))
        }
    }

    /// Whether a meeting is planned, and its time not over.
    package func isPlanned(_ id: MeetingID, now: WallTime) async throws(StorageFailure) -> Bool {
        try await self.file.read { db in try Self.planned(id, db, now: now) != nil }
    }

    /// Whether a meeting could be registered with a token now.
    package func mayRegister(
        _ id: MeetingID, token: CreationToken, now: WallTime
    ) async throws(StorageFailure) -> Registering {
        let mark = self.mark(of: token, id)
        return try await self.file.read { db in try Self.registering(Self.planned(id, db, now: now), mark) }
    }

    /// Keeps what a planned meeting is registered with, once.
    package func register(
        _ meeting: RegisteredMeeting, token: CreationToken, now: WallTime
    ) async throws(StorageFailure) -> Registering {
        let mark = self.mark(of: token, meeting.id)
        return try await self.file.write { db in
            let planned = try Self.planned(meeting.id, db, now: now)
            let registering = Self.registering(planned, mark)
            guard registering == .done, let planned else { return registering }
            try self.keep(meeting, planned, db)
            return .done
        }
    }

    /// Changes the personal links of a planned meeting that is registered.
    package func change(
        _ id: MeetingID, token: CreationToken, now: WallTime,
        _ change: @Sendable (inout RegisteredMeeting) -> TicketChange
    ) async throws(StorageFailure) -> TicketChange {
        let mark = self.mark(of: token, id)
        return try await self.file.write { db in
            guard let planned = try Self.planned(id, db, now: now) else { return .unknown }
            guard planned.mark == mark else { return .unauthorized }
            guard let sealed = planned.sealed else { return .conflict }
            let before = try self.open(sealed, planned)
            var meeting = before
            let outcome = change(&meeting)
            if meeting != before { try self.keep(meeting, planned, db) }
            return outcome
        }
    }

    /// Keeps what newcomers of a planned meeting are asked for from now on. One that is not there stays so.
    package func keep(passcode: PasscodeHash?, of id: MeetingID, now: WallTime) async throws(StorageFailure) {
        try await self.file.write { db in
            guard let planned = try Self.planned(id, db, now: now), let sealed = planned.sealed else { return }
            var meeting = try self.open(sealed, planned)
            guard meeting.passcode != passcode else { return }
            meeting.passcode = passcode
            try self.keep(meeting, planned, db)
        }
    }

    /// Deletes a planned meeting, whoever planned it: a host ended it for everybody.
    package func end(_ id: MeetingID) async throws(StorageFailure) {
        try await self.file.write { db in
            try db.execute(sql: "DELETE FROM planned_meeting WHERE id = ?", arguments: [id.blob])
        }
    }

    /// By what a meeting's token is recognised. A token counts for the meeting that it was made for.
    func mark(of token: CreationToken, _ id: MeetingID) -> [UInt8] {
        self.installation.mark(.creation, id.decoded + token.decoded)
    }

    private func open(_ sealed: [UInt8], _ planned: Planned) throws -> RegisteredMeeting {
        let key = try self.keys.key(of: planned.owner.subject)
        let bytes = try Personal<PlannedRegistration>(sealed: sealed, row: planned.id.decoded, key: key)
            .read(for: ProvideMeeting.self, self.ledger)
        guard let meeting = RegisteredMeeting(stored: bytes) else { throw StorageFailure.damaged }
        return meeting
    }

    private func keep(_ meeting: RegisteredMeeting, _ planned: Planned, _ db: Database) throws {
        let key = try self.keys.key(of: planned.owner.subject)
        let sealed = try Personal<PlannedRegistration>(meeting.stored).sealed(row: planned.id.decoded, key: key)
        try db.execute(
            sql: "UPDATE planned_meeting SET registration = ? WHERE id = ?",
            arguments: [sealed.blob, planned.id.blob])
    }

    private static func registering(_ planned: Planned?, _ mark: [UInt8]) -> Registering {
        guard let planned else { return .unknown }
        guard planned.mark == mark else { return .unauthorized }
        return planned.sealed == nil ? .done : .conflict
    }

    /// What is over is gone for whoever asks, also before the sweep.
    private static func planned(_ id: MeetingID, _ db: Database, now: WallTime) throws -> Planned? {
        let sql = """
            SELECT owner, token_hash, registration FROM planned_meeting
            WHERE id = ? AND starts_at + minutes * 60 + ? > ?
            """
        let arguments: StatementArguments = [id.blob, Self.plannedSeconds, now.seconds]
        guard let row = try Row.fetchOne(db, sql: sql, arguments: arguments) else { return nil }
        return Planned(
            id: id, owner: try row.id("owner", AccountID.self), mark: try row.bytes("token_hash"),
            sealed: try row.bytesIfAny("registration"))
    }
}
