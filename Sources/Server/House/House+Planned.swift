internal import Meeting
package import Signalling

/// Planned meetings are on disk. One is in memory from when somebody comes until nobody is there any more, so there are never
/// more of them here than there are WebSockets.
extension House {
    /// The host of a meeting. It is looked up under every id whether something is planned, also where there is a host already, so
    /// that the time does not tell which meetings there are and where somebody is (all it tells is how long it takes to open what is
    /// kept of a planned one); and again if what is planned changed meanwhile. Nil where the disk does not say: a room of nobody's
    /// would stay as long as somebody stands there; and where nobody waits for it any more.
    func host(of id: MeetingID) async -> MeetingHost? {
        while self.isOpen, !Task.isCancelled {
            let (found, isCurrent) = await self.lookUp(id)
            if let host = self.hosts[id] { return host }
            guard isCurrent else { continue }
            switch found {
            case .registered(let meeting): return self.newHost(of: id, meeting)
            case .absent: return self.newHost(of: id, nil)
            // One that is in memory needs no disk.
            case .unreadable: return self.meetings.registered(id) == nil ? nil : self.newHost(of: id, nil)
            }
        }
        return nil
    }

    /// Planned meetings were cancelled, or went with their account: whoever is in one is told that it is over.
    package func forget(_ ids: [MeetingID]) async {
        for id in ids {
            self.changed(id)
            await self.end(id)
        }
    }

    /// Ends meetings that nobody has a seat in and whose plan is gone. While people are in, they go on, also those who came while
    /// the disk was asked.
    func endOverdue() async {
        guard let planned = self.planned else { return }
        for (id, host) in self.hosts where self.plans.contains(id) {
            guard await host.population == 0 else { continue }
            // A disk that fails is not asked for all the others as well.
            guard let isPlanned = await planned.isPlanned(id) else { return }
            if !isPlanned, await host.population == 0, self.hosts[id] === host { await self.end(id) }
        }
    }

    /// What is kept of a meeting on disk is another thing now.
    func changed(_ id: MeetingID) { self.lookups[id]?.changes += 1 }

    /// What is kept of a meeting on disk; false where that has changed meanwhile. Each look-up compares with how it was when it
    /// began, so that one that began after the change is in nobody's way.
    private func lookUp(_ id: MeetingID) async -> (planned: PlannedLookup, isCurrent: Bool) {
        let before = self.lookups[id]?.changes ?? 0
        self.lookups[id, default: Lookups()].count += 1
        let planned = await self.planned?.registered(id) ?? .absent
        let isCurrent = self.lookups[id]?.changes == before
        self.lookups[id]?.count -= 1
        if self.lookups[id]?.count == 0 { self.lookups[id] = nil }
        return (self.endedPlans.contains(id) ? .absent : planned, isCurrent)
    }
}
