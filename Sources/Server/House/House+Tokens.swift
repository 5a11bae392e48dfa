package import Meeting
package import Signalling

/// What whoever has a meeting's token may do.
extension House {
    private enum Wish: Sendable {
        case add([TicketCertificate])
        case revoke(TicketHash)
    }

    /// Makes a meeting joinable.
    package func register(
        _ registration: InviteRegistration, for id: MeetingID, token: CreationToken
    ) async -> Meetings.Registration {
        switch await self.claim(id, token) {
        case .unknown: return .unknown
        case .unauthorized: return .unauthorized
        case .registered: return .conflict
        case .failed: return .failed
        case .open: break
        }
        if let wait = self.tokenUses.count(of: id, now: .now) { return .tooFast(retrySeconds: wait) }
        guard let meeting = await Self.checked(registration, for: id, self.passcodes) else { return .malformed }
        var outcome = self.meetings.register(meeting, token: token)
        if outcome == .unknown, let planned = self.planned, !self.endedPlans.contains(id) {
            outcome = await planned.register(meeting, token: token)
            if outcome == .registered { self.changed(id) }
        }
        // Somebody stood there before the meeting could be joined: in a room of nobody's, which must not be in the way. Where
        // somebody came right after it could be, it is the meeting's own.
        if outcome == .registered, !self.plans.contains(id) { await self.end(id) }
        return outcome
    }

    /// Takes more personal links for a meeting.
    package func add(
        _ tickets: [TicketCertificate], to id: MeetingID, token: CreationToken
    ) async -> TicketChange {
        let outcome = await self.change(id, token, .add(tickets))
        if outcome == .added { await self.hosts[id]?.add(tickets) }
        return outcome
    }

    /// Takes a personal link back.
    package func revoke(_ ticket: TicketHash, of id: MeetingID, token: CreationToken) async -> TicketChange {
        let outcome = await self.change(id, token, .revoke(ticket))
        if case .revoked(let key) = outcome { await self.hosts[id]?.revoke(ticket: key) }
        return outcome
    }

    private func change(_ id: MeetingID, _ token: CreationToken, _ wish: Wish) async -> TicketChange {
        let before: RegisteredMeeting
        switch await self.claim(id, token) {
        case .unknown: return .unknown
        case .unauthorized: return .unauthorized
        case .open: return .conflict
        case .failed: return .failed
        case .registered(let meeting): before = meeting
        }
        if let wait = self.tokenUses.count(of: id, now: .now) { return .tooFast(retrySeconds: wait) }
        guard let change = await Self.checked(wish, for: before) else { return .malformed }
        let outcome = self.meetings.change(id, token: token, change)
        guard outcome == .unknown, let planned = self.planned, !self.endedPlans.contains(id) else { return outcome }
        let kept = await planned.change(id, token: token, change)
        switch kept {
        case .added, .revoked: self.changed(id)
        default: break  // nothing is another thing now
        }
        return kept
    }

    /// What a token is worth. Where it is wrong for a meeting in memory the disk is asked all the same, so that neither the time nor
    /// a disk that fails tells that there is one.
    private func claim(_ id: MeetingID, _ token: CreationToken) async -> MeetingClaim {
        let here = self.meetings.claim(id, token: token)
        guard here == .unknown || here == .unauthorized, let planned = self.planned else { return here }
        let there = await planned.claim(id, token: token)
        if there == .failed { return .failed }
        return here == .unknown && !self.endedPlans.contains(id) ? there : here
    }

    /// Verifies signatures, while the house does other things.
    @concurrent
    private static func checked(
        _ registration: InviteRegistration, for id: MeetingID, _ passcodes: PasscodeKeys
    ) async -> RegisteredMeeting? {
        RegisteredMeeting(registration, for: id, passcodes)
    }

    /// The same of personal links; what is left to do takes no time.
    @concurrent
    private static func checked(
        _ wish: Wish, for meeting: RegisteredMeeting
    ) async -> (@Sendable (inout RegisteredMeeting) -> TicketChange)? {
        switch wish {
        case .revoke(let hash): return { $0.revoke(hash) }
        case .add(let certificates):
            guard let new = meeting.checked(certificates) else { return nil }
            // Those that are here already as well: one of them may be taken back before this is done.
            let asked = Set(certificates.map(\.bytes))
            let tickets = meeting.tickets.filter { asked.contains($0.bytes) } + new
            return { $0.add(checked: tickets) }
        }
    }
}
