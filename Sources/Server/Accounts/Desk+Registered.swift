internal import Edge
package import Meeting
internal import Persistence
internal import Privacy
package import Signalling

/// Planned meetings as the house asks for them. Whoever comes by a link has no account, so nothing here depends on one.
extension Desk: PlannedDoor {
    /// What a planned meeting was registered with.
    package func registered(_ id: MeetingID) async -> PlannedLookup {
        do throws(AccountRefusal) {
            guard let meeting = try await self.registration(of: id) else { return .absent }
            return .registered(meeting)
        } catch {
            return .unreadable  // the log says so
        }
    }

    /// The same; it fails where the disk does.
    func registration(of id: MeetingID) async throws(AccountRefusal) -> RegisteredMeeting? {
        let now = self.now()
        let sealed = try await self.kept { store throws(StorageFailure) in
            try await store.registration(of: id, now: now)
        }
        guard let sealed else { return nil }
        let opened = await Self.opened(sealed, self.ledger)
        return try self.opened { () throws(SealFailure) in try opened.get() }
    }

    /// Opens and parses up to 56 KiB, as often as somebody comes or a host asks, while the desk does other things.
    @concurrent
    private static func opened(
        _ sealed: Personal<PlannedRegistration>, _ ledger: PurposeLedger
    ) async -> Result<RegisteredMeeting, SealFailure> {
        Result { () throws(SealFailure) in
            let bytes = try sealed.read(for: ProvideMeeting.self, ledger)
            guard let meeting = RegisteredMeeting(stored: bytes) else { throw .damaged }
            return meeting
        }
    }

    /// Whether a meeting is planned.
    package func isPlanned(_ id: MeetingID) async -> Bool? {
        let now = self.now()
        // The log says where it failed.
        return try? await self.kept { store throws(StorageFailure) in try await store.isPlanned(id, now: now) }
    }

    /// What a token is worth.
    package func claim(_ id: MeetingID, token: CreationToken) async -> MeetingClaim {
        let now = self.now()
        do throws(AccountRefusal) {
            let standing = try await self.kept { store throws(StorageFailure) in
                try await store.mayRegister(id, token: token, now: now)
            }
            switch standing {
            case .done: return .open
            case .unknown: return .unknown
            case .unauthorized: return .unauthorized
            case .conflict:
                guard let meeting = try await self.registration(of: id) else { return .unknown }
                return .registered(meeting)
            }
        } catch {
            return .failed
        }
    }

    /// Makes a planned meeting joinable.
    package func register(_ meeting: RegisteredMeeting, token: CreationToken) async -> Meetings.Registration {
        if let measure = self.lacking(meeting) { return .lacks(measure) }
        let now = self.now()
        do throws(AccountRefusal) {
            return Self.outcome(
                try await self.kept { store throws(StorageFailure) in
                    try await store.register(meeting, token: token, now: now)
                })
        } catch {
            return .failed
        }
    }

    /// Changes its personal links.
    package func change(
        _ id: MeetingID, token: CreationToken, _ change: @Sendable (inout RegisteredMeeting) -> TicketChange
    ) async -> TicketChange {
        let now = self.now()
        let outcome = try? await self.kept { store throws(StorageFailure) in
            try await store.change(id, token: token, now: now, change)
        }
        return outcome ?? .failed
    }

    /// Keeps what newcomers are asked for from now on.
    package func keep(passcode: PasscodeHash?, of id: MeetingID) async -> Bool {
        let now = self.now()
        return await self.isKept { store throws(StorageFailure) in
            try await store.keep(passcode: passcode, of: id, now: now)
        }
    }

    /// Deletes a planned meeting.
    package func end(_ id: MeetingID) async -> Bool {
        await self.isKept { store throws(StorageFailure) in try await store.end(id) }
    }

    private func isKept(_ work: @Sendable (Store) async throws(StorageFailure) -> Void) async -> Bool {
        do throws(AccountRefusal) {
            try await self.kept(work)
            return true
        } catch {
            return false  // the log says so
        }
    }

    private static func outcome(_ registering: Store.Registering) -> Meetings.Registration {
        switch registering {
        case .done: .registered
        case .unknown: .unknown
        case .unauthorized: .unauthorized
        case .conflict: .conflict
        }
    }
}
