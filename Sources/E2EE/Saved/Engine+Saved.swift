/// What a member keeps (`e2ee.md` 13, SavedState).
extension Engine {
    /// Gives out the state when an epoch began, or what is kept would be untrue in another way.
    mutating func keepState(now: EngineTime) {
        guard self.config.keepsState, let place = self.place, self.group != nil,
            self.state.isMember || self.state == .restored
        else { return }
        let mark = self.mark(place)
        // Where nobody hears us a state grows old: what the group is by now is not known.
        let isThere = self.line.isBound && self.state != .restored
        guard self.keeping.isDue(mark, news: self.keptNews, isThere: isThere, now: now.monotonic),
            let state = try? self.savedState(now: now)  // in a group there always is one
        else { return }
        self.keeping.gave(mark, news: self.keptNews, now: now.monotonic)
        self.tell(.save(HeldSecret(state.kept(self.crypto))))
    }

    /// What is kept says that a Commit of ours is on its way, before it is: if it takes somebody out, and all we know
    /// afterwards is that it was never there, our word must not be worth anything (`Engine.init(restoring:)`).
    mutating func keepBeforeCommit(_ place: Place<Crypto>, now: EngineTime) {
        self.keeping.committed(groupID: place.groupID, epoch: place.epoch)
        self.keepState(now: now)
    }

    /// What was kept is of no use any more.
    mutating func dropState() {
        self.keeping = Keeping()
        if self.config.keepsState { self.tell(.deleteSaved) }
    }

    private func mark(_ place: Place<Crypto>) -> Keeping.Mark {
        self.keeping.mark(
            groupID: place.groupID, epoch: place.epoch,
            isConfirmed: self.state == .restored ? self.restoring.isConfirmed : self.proof.isConfirmed,
            hasUnequalCode: self.hasUnequalCode, answers: self.consents.changes)
    }

    /// The state as it would be kept now.
    package mutating func savedState(now: EngineTime) throws(E2EEError) -> SavedState {
        guard let place = self.place, let access = self.access, let group = try self.group?.saved else {
            throw E2EEError(.usage, .closed)
        }
        return SavedState(
            savedAt: now.unix, beaconClock: self.beaconClock(now), access, group: group, passes: self.passes.passes,
            consents: self.consents.book.saved, profiles: self.people.known, lastSequence: self.order.safe &- 1,
            self.mark(place))
    }

    /// How many names and passes came.
    var keptNews: UInt64 { self.people.changes &+ self.passes.changes }

    /// What our beacons say the time is: it rises, whatever became of the clock it was before.
    func beaconClock(_ now: EngineTime) -> UInt64 { now.monotonic &+ self.restoring.clockAhead }
}
