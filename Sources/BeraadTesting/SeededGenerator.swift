internal import MediaCore

/// SplitMix64: small, fast, and the same numbers on every machine. Only for tests; it protects nothing.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var words: SplitMix64

    /// A generator whose whole sequence follows from `seed`.
    public init(seed: UInt64) { self.words = SplitMix64(seed: seed) }

    /// The next 64 bits.
    public mutating func next() -> UInt64 { self.words.next() }

    /// A random byte.
    public mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: self.next() >> 32) }

    /// `count` random bytes.
    public mutating func bytes(_ count: Int) -> [UInt8] { (0..<max(0, count)).map { _ in self.byte() } }

    /// True once in `1 / probability` times on average; draws one number whatever the probability.
    public mutating func happens(_ probability: Double) -> Bool {
        Double(self.next() >> 11) / Double(1 << 53 as UInt64) < probability
    }
}
