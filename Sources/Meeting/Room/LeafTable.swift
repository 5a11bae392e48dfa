internal import Signalling

/// Who has which leaf number. The lowest free one is given; one that was given back rests for a while, so that frames
/// still under way from the last holder are not taken for the next one's.
struct LeafTable: Sendable {
    /// Longer than any frame is under way, retransmissions included.
    static let rest = Duration.seconds(10)

    private var taken: Set<Int> = []
    private var resting: [Int: ContinuousClock.Instant] = [:]

    /// Nil while every number is taken or rests.
    mutating func take(now: ContinuousClock.Instant) -> Int? {
        self.resting = self.resting.filter { $0.value > now }
        guard
            let leaf = (0..<1 << RoomLimits.leafBits).first(where: {
                !self.taken.contains($0) && self.resting[$0] == nil
            })
        else {
            return nil
        }
        self.taken.insert(leaf)
        return leaf
    }

    mutating func giveBack(_ leaf: Int, now: ContinuousClock.Instant) {
        self.taken.remove(leaf)
        self.resting[leaf] = now + Self.rest
    }
}
