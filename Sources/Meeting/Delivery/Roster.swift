/// A group in one epoch: everything that a void Commit takes back.
struct Roster: Sendable {
    var epoch: UInt64
    /// The number of the Commit that began it; 0 for the first.
    var beganAt: UInt64 = 0
    var seats: [LeafIndex: LeafSeat] = [:]
    /// Of this epoch, as an MLSMessage.
    var groupInfo: [UInt8]
    /// The last one there is, of this epoch or an earlier one.
    var snapshot: TreeSnapshot?
    /// Joiners that proposed themselves in this epoch.
    var joins = 0
    var joinsBy: [ConnectionID: Int] = [:]

    /// Leaves whose removal waits for a Commit, the lowest first.
    var leaving: [LeafIndex] {
        self.seats.filter(\.value.isGoing).keys.sorted()
    }

    /// What clients sent of it.
    var byteCount: Int { self.groupInfo.count + (self.snapshot.map { $0.tree.count + $0.groupInfo.count } ?? 0) }

    mutating func forgetStandings(where isOver: (Standing) -> Bool) {
        for (leaf, seat) in self.seats where seat.standing.map(isOver) ?? false { self.seats[leaf]?.standing = nil }
    }

    mutating func startEpoch(_ epoch: UInt64, at seq: UInt64, groupInfo: [UInt8]) {
        self.epoch = epoch
        self.beganAt = seq
        self.groupInfo = groupInfo
        self.joins = 0
        self.joinsBy = [:]
        for leaf in self.seats.keys { self.seats[leaf]?.startEpoch() }
    }
}

/// The tree of an epoch.
struct TreeSnapshot: Sendable {
    let epoch: UInt64
    /// The number of the Commit that began the epoch; 0 for the first.
    let seq: UInt64
    let tree: [UInt8]
    let groupInfo: [UInt8]
}
