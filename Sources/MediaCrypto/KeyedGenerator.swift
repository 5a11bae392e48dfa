/// Numbers nobody can guess who does not know the seed, however many of them he has seen: SHA-256 over the seed and a
/// counter, both of fixed length. The caller makes the seed: from the system where it counts, a fixed one in a test, and
/// then every number is the same again (`media.md` 1.3).
package struct KeyedGenerator: RandomNumberGenerator, Sendable {
    /// Bytes of a seed.
    package static let seedLength = 32

    private let seed: [UInt8]
    private var counter: UInt64 = 0
    private var block: [UInt8] = []

    /// A generator of `seed`, 32 bytes.
    package init(seed: [UInt8]) {
        precondition(seed.count == Self.seedLength, "the caller gives a whole seed")
        self.seed = seed
    }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        if self.block.isEmpty {
            var input = self.seed
            for shift in stride(from: 56, through: 0, by: -8) {
                input.append(UInt8(truncatingIfNeeded: self.counter >> UInt64(shift)))
            }
            self.counter += 1
            // SAFETY: the input is only read while it is lent.
            self.block = unsafe input.withUnsafeBytes { unsafe sha256($0) }
        }
        let word = self.block.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
        self.block.removeLast(8)
        return word
    }
}
