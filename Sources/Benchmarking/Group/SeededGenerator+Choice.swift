internal import BeraadTesting

/// Choices that are the same on every machine, whatever the standard library does with a generator.
extension SeededGenerator {
    /// A number below `count`. That the first ones come a little more often in 2^64 throws matters to nobody here.
    mutating func below(_ count: Int) -> Int { Int(self.next() % UInt64(count)) }

    /// `count` different numbers below `bound`, or as many as there are, in any order.
    mutating func different(_ count: Int, below bound: Int) -> [Int] {
        var numbers = Array(0..<bound)
        for index in 0..<min(count, bound) { numbers.swapAt(index, index + self.below(bound - index)) }
        return Array(numbers.prefix(count))
    }
}
