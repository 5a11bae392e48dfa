/// How much work one guess of a password costs (RFC 7914 §2).
package struct ScryptCost: Equatable, Sendable {
    /// N is two to this power.
    package let logN: Int
    /// Block size.
    package let blockSize: Int
    /// How often all of it is done.
    package let parallelism: Int

    /// Nil for a cost that is none, or one that nobody would have stored: 1 GiB and more.
    package init?(logN: Int, blockSize: Int, parallelism: Int) {
        guard (1...20).contains(logN), (1...16).contains(blockSize), (1...16).contains(parallelism) else { return nil }
        self.init(checkedLogN: logN, blockSize: blockSize, parallelism: parallelism)
    }

    private init(checkedLogN: Int, blockSize: Int, parallelism: Int) {
        self.logN = checkedLogN
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// The first row of OWASP's table for scrypt (Password Storage Cheat Sheet, 2025): 128 MiB for each guess.
    package static let current = Self(checkedLogN: 17, blockSize: 8, parallelism: 1)
}
