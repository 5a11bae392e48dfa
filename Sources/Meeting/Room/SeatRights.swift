internal import Signalling

/// What those who lead said of one participant alone, and what that one has not heard of it.
struct SeatRights: Equatable, Sendable {
    /// Where it is something else than what is said of everybody.
    var said: [Permissions.Right: Bool] = [:]
    /// What was stopped while nobody was there to be told.
    var missedStops: Set<Permissions.Use> = []

    var isEmpty: Bool { self.said.isEmpty && self.missedStops.isEmpty }
}

/// Rights of people who have no seat now, by the key of their leaf and by their ticket or device. It is bounded: the oldest
/// goes first.
struct RememberedRights: Sendable {
    static let atMost = 512

    private struct Entry {
        let key: LeafKey
        let person: LeafKey?
        let leads: Bool
        var rights: SeatRights

        func isOf(_ key: LeafKey, _ person: LeafKey?) -> Bool {
            self.key == key || (person != nil && self.person == person)
        }
    }

    private var entries: [Entry] = []

    /// Whoever had this seat may come back.
    mutating func keep(_ seat: Seat) {
        guard !seat.rights.isEmpty else { return }
        self.entries.removeAll { $0.isOf(seat.key, seat.person) }
        if self.entries.count == Self.atMost { self.entries.removeFirst() }
        self.entries.append(
            Entry(key: seat.key, person: seat.person, leads: seat.powers.leads, rights: seat.rights))
    }

    /// What is remembered of somebody, who has a seat now, and how else they are known.
    mutating func take(_ key: LeafKey, _ person: LeafKey?) -> (rights: SeatRights, person: LeafKey?)? {
        guard let index = self.entries.firstIndex(where: { $0.isOf(key, person) }) else { return nil }
        let entry = self.entries.remove(at: index)
        return (entry.rights, entry.person)
    }

    /// Something was said of everybody who leads nothing.
    mutating func forget(_ right: Permissions.Right) {
        for index in self.entries.indices where !self.entries[index].leads {
            self.entries[index].rights.said[right] = nil
        }
        self.entries.removeAll(where: \.rights.isEmpty)
    }
}
