internal import Meeting
package import Signalling

/// A passcode that a host sets in a planned meeting is kept with what the meeting was registered with, so that after a restart
/// it is not the one before that opens.
extension House {
    /// A host who is in may have changed it; what they left is remembered.
    package func asksPasscode(_ id: MeetingID) async -> Bool? {
        let memory = await self.hosts[id]?.memory
        return (memory ?? self.doors[id])?.passcode.isRequired
    }

    /// Newcomers of a meeting are asked for something else now. What was not planned lives no longer than the server's memory; what
    /// was is told by that, as its room may have closed meanwhile.
    func passcodeChanged(_ id: MeetingID) async {
        guard self.meetings.registered(id) == nil else { return }
        self.unkeptPasscodes.insert(id)
        await self.keepPasscode(of: id)
    }

    /// What the disk did not take is tried again, one of them a beat.
    func keepPasscodes() async {
        if let id = self.unkeptPasscodes.randomElement() { await self.keepPasscode(of: id) }
    }

    /// Writes it as it is now, one after the other: of two changes the later one stays.
    func keepPasscode(of id: MeetingID) async {
        guard let planned = self.planned, self.keptNow.insert(id).inserted else { return }
        defer { self.keptNow.remove(id) }
        while self.unkeptPasscodes.remove(id) != nil {
            let memory = await self.hosts[id]?.memory ?? self.doors[id]
            // Nobody remembers it: the meeting is over.
            guard let desk = memory?.passcode else { return }
            let hash = desk.mark.flatMap { self.passcodes.hash(of: $0, in: id) }
            // Never from asked to not asked.
            guard (hash != nil) == desk.isRequired else { return }
            guard await planned.keep(passcode: hash, of: id) else {
                self.unkeptPasscodes.insert(id)
                return
            }
            self.changed(id)
        }
    }
}
