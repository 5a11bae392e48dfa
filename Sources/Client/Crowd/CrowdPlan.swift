internal import MediaCore

/// Who comes and who goes when, as a value: the same numbers give the same crowd.
package struct CrowdPlan: Sendable {
    /// What one person does.
    package enum Move: Equatable, Sendable {
        /// Person `number`, counted from 1, comes.
        case arrive(Int)
        /// The same person goes.
        case leave(Int)
    }

    /// How many people are there at once.
    package let size: Int
    /// Between two arrivals, until that many are there.
    package let arrivalInterval: Duration
    /// Between two changes after that: somebody goes, and somebody else comes. Nothing: nobody does.
    package let changeInterval: Duration?

    private var random: SplitMix64
    private var inside: [Int] = []
    private var arrived = 0
    private var next = Duration.zero

    /// A crowd in which nothing has happened.
    package init(size: Int, arrivalInterval: Duration, changeInterval: Duration?, seed: UInt64) {
        self.size = size
        self.arrivalInterval = arrivalInterval
        self.changeInterval = changeInterval
        self.random = SplitMix64(seed: seed)
    }

    /// Everything that has become due since the last call, in order; `elapsed` counts from the start.
    package mutating func moves(until elapsed: Duration) -> [Move] {
        var moves: [Move] = []
        while self.next <= elapsed {
            if self.inside.count < self.size {
                moves.append(self.arrival())
                self.next += self.inside.count < self.size ? self.arrivalInterval : self.changeInterval ?? .zero
            } else if let changeInterval = self.changeInterval, !self.inside.isEmpty {
                let goes = self.inside.remove(at: Int.random(in: self.inside.indices, using: &self.random))
                moves += [.leave(goes), self.arrival()]
                self.next += changeInterval
            } else {
                break
            }
        }
        return moves
    }

    private mutating func arrival() -> Move {
        self.arrived += 1
        self.inside.append(self.arrived)
        return .arrive(self.arrived)
    }
}
