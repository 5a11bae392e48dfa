/// A queue of at most `capacity` values: allocated once, never grows, drops what does not fit.
struct FixedQueue<Element> {
    private var elements: [Element?]
    private var first = 0
    private(set) var count = 0

    init(capacity: Int) { self.elements = Array(repeating: nil, count: capacity) }

    var isEmpty: Bool { self.count == 0 }

    /// False when the queue is full.
    mutating func append(_ element: Element) -> Bool {
        guard self.count < self.elements.count else { return false }
        self.elements[(self.first + self.count) % self.elements.count] = element
        self.count += 1
        return true
    }

    mutating func popFirst() -> Element? {
        guard self.count > 0 else { return nil }
        let element = self.elements[self.first]
        self.first = (self.first + 1) % self.elements.count
        self.count -= 1
        return element
    }
}

/// A small seeded generator for what is no secret: whoever sees one number of it knows all others. The same seed gives
/// the same bytes, so that a failing test can be run again.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator that starts at `seed`.
    package init(seed: UInt64) { self.state = seed }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var word = self.state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
