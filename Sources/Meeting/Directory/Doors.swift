package import Signalling

/// The doors of all meetings while nobody is connected, in memory only. A meeting of which there is nothing to remember takes no
/// place, and one that does not exist never does.
package struct Doors: Sendable {
    private var entries: [MeetingID: DoorMemory] = [:]

    /// Nothing is remembered yet.
    package init() {}

    /// How many are remembered.
    package var count: Int { self.entries.count }

    /// Of which meetings.
    package var ids: [MeetingID] { Array(self.entries.keys) }

    /// What its door was like when somebody was there last; nil where that is as it was registered.
    package subscript(_ id: MeetingID) -> DoorMemory? { self.entries[id] }

    /// Nobody is there any more: the next room goes on from here.
    package mutating func remember(_ door: DoorMemory, of id: MeetingID) {
        self.entries[id] = door.isNothing ? nil : door
    }

    /// There is no such meeting any more.
    package mutating func forget(_ id: MeetingID) { self.entries[id] = nil }

    /// Drops what is too old.
    package mutating func expire(now: ContinuousClock.Instant) {
        for (id, door) in self.entries {
            var door = door
            door.forget(now: now)
            self.remember(door, of: id)
        }
    }
}
