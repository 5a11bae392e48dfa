/// SplitMix64: the same numbers on every machine, and whatever the standard library does with a generator. It protects
/// nothing.
struct Dice: Sendable {
    private var state: UInt64

    init(seed: UInt64) { self.state = seed }

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: self.next() >> 32) }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in self.byte() } }

    /// A number below `count`. That the first ones come a little more often in 2^64 throws matters to nobody here.
    mutating func below(_ count: Int) -> Int { Int(self.next() % UInt64(count)) }

    /// `count` different numbers below `bound`, or as many as there are, in any order.
    mutating func different(_ count: Int, below bound: Int) -> [Int] {
        var numbers = Array(0..<bound)
        for index in 0..<min(count, bound) { numbers.swapAt(index, index + self.below(bound - index)) }
        return Array(numbers.prefix(count))
    }
}
