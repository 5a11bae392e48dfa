/// SplitMix64: small, fast, and the same numbers on every machine. Only for tests; it protects nothing.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator whose whole sequence follows from `seed`.
    public init(seed: UInt64) { self.state = seed }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// `count` random bytes.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<max(0, count)).map { _ in UInt8(truncatingIfNeeded: self.next() >> 32) }
    }

    /// True once in `1 / probability` times on average; draws one number whatever the probability.
    public mutating func happens(_ probability: Double) -> Bool {
        Double(self.next() >> 11) / Double(1 << 53 as UInt64) < probability
    }
}
