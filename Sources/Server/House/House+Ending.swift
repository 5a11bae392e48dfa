internal import Edge
internal import Meeting
internal import Redaction
package import Signalling

/// Meetings that are no more, and rooms that are empty.
extension House {
    /// A meeting is no more: whoever is in it, or at its door, is told so, and nobody else.
    func end(_ id: MeetingID) async {
        self.doors.forget(id)
        guard let host = self.hosts[id] else { return }
        self.forget(id, host)
        self.retired.append(host)
        await host.retire()
    }

    /// A host ended the meeting for everybody: there is no such meeting any more, nor a plan of one. Its room goes when nobody
    /// stands before it.
    package func ended(_ id: MeetingID) async {
        self.noteEnd(of: id)
        await self.deletePlan(of: id)
    }

    /// There is no such meeting any more, whatever the disk says until it has taken that.
    private func noteEnd(of id: MeetingID) {
        self.doors.forget(id)
        // Before the plan is gone, or its end would be told once more, and to everybody.
        self.plans.remove(id)
        if self.meetings.forget(id) { self.log(.meetingsForgotten(count: 1)) }
        if self.planned != nil { self.endedPlans.insert(id) }
    }

    private func deletePlan(of id: MeetingID) async {
        guard let planned = self.planned, await planned.end(id) else { return }
        self.endedPlans.remove(id)
        self.changed(id)
    }

    /// What the disk did not take is tried again: one of them a beat, so that a disk that fails is not asked all the time.
    func deleteEnded() async {
        if let id = self.endedPlans.randomElement() { await self.deletePlan(of: id) }
    }

    /// The server stops: what people were told, and the disk has not taken, it gets once more. What is left then comes back.
    func tryOnceMore(until end: ContinuousClock.Instant) async {
        for id in self.endedPlans where .now < end { await self.deletePlan(of: id) }
        for id in self.unkeptPasscodes where .now < end { await self.keepPasscode(of: id) }
    }

    /// A room has closed: the next one of the meeting goes on with what is remembered of its door.
    func settle(_ id: MeetingID, _ host: MeetingHost) async {
        let memory = await host.memory
        // What was ended is no more before there can be another room of it.
        if memory == nil { self.noteEnd(of: id) }
        // Somebody else may have seen to it meanwhile, and there is another room.
        guard self.hosts[id] === host else { return }
        if let memory { self.doors.remember(memory, of: id) }
        self.forget(id, host)
    }
}
