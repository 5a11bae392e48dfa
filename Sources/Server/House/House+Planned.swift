package import Meeting
package import Signalling

/// Planned meetings are on disk. One is in memory from when somebody comes until nobody is there any more, so there are never
/// more of them here than there are WebSockets.
extension House {
    /// The host of a meeting. Where there is none yet it is looked up under every id whether something is planned, so that
    /// nobody tells by the time which meetings there are; and again if what is planned changed meanwhile.
    func host(of id: MeetingID) async -> MeetingHost {
        while true {
            if let host = self.hosts[id] { return host }
            let (planned, isCurrent) = await self.lookUp(id)
            if self.hosts[id] == nil, isCurrent { return self.newHost(of: id, planned) }
        }
    }

    /// Takes more personal links for a meeting.
    package func add(
        _ tickets: [TicketCertificate], to id: MeetingID, token: CreationToken
    ) async -> TicketChange {
        let outcome = await self.change(id, token: token) { $0.add(tickets) }
        if outcome == .added { await self.hosts[id]?.add(tickets) }
        return outcome
    }

    /// Takes a personal link back.
    package func revoke(_ ticket: TicketHash, of id: MeetingID, token: CreationToken) async -> TicketChange {
        let outcome = await self.change(id, token: token) { $0.revoke(ticket) }
        if case .revoked(let key) = outcome { await self.hosts[id]?.revoke(ticket: key) }
        return outcome
    }

    private func change(
        _ id: MeetingID, token: CreationToken, _ change: @Sendable (inout RegisteredMeeting) -> TicketChange
    ) async -> TicketChange {
        let outcome = self.meetings.change(id, token: token, change)
        guard outcome == .unknown, let planned = self.planned else { return outcome }
        let change = await planned.change(id, token: token, change)
        switch change {
        case .added, .revoked: self.changed(id)
        default: break  // nothing is another thing now
        }
        return change
    }

    /// A host who is in may have changed it; what they left is remembered.
    package func asksPasscode(_ id: MeetingID) async -> Bool? {
        let memory = await self.hosts[id]?.memory
        return (memory ?? self.doors[id])?.passcode.isRequired
    }

    /// Planned meetings were cancelled, or went with their account: whoever is in one is told that it is over.
    package func forget(_ ids: [MeetingID]) async {
        for id in ids {
            self.changed(id)
            await self.end(id)
        }
    }

    /// Whether the plan of a meeting that nobody has a seat in is gone. While people are in, it goes on.
    func isOver(_ id: MeetingID) async -> Bool {
        guard self.plans.contains(id), let planned = self.planned else { return false }
        return await !planned.isPlanned(id)
    }
}
