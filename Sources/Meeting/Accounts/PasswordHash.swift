internal import Signalling
internal import Wire

/// What is kept of a password: how it was hashed, and the outcome. The cost stands in it, so that it can rise: whoever
/// signs in with an old one is hashed anew. The hashing itself is done elsewhere, off the event loops.
package struct PasswordHash: Equatable, Sendable {
    /// Random bytes, new for each password.
    package static let saltBytes = 16
    /// Bytes of the outcome.
    package static let keyBytes = 32

    /// How much work it was.
    package let cost: ScryptCost
    /// What was hashed with it.
    package let salt: [UInt8]
    private let key: [UInt8]

    /// Of an outcome.
    package init(cost: ScryptCost, salt: [UInt8], key: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    /// Of its text; nil for what is none.
    package init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let logN = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Base64URL.decode(parts[4]), salt.count == Self.saltBytes,
            let key = Base64URL.decode(parts[5]), key.count == Self.keyBytes,
            let cost = ScryptCost(logN: logN, blockSize: blockSize, parallelism: parallelism)
        else { return nil }
        self.init(cost: cost, salt: salt, key: key)
    }

    /// `scrypt$17$8$1$salt$outcome`.
    package var text: String {
        let cost = "\(self.cost.logN)$\(self.cost.blockSize)$\(self.cost.parallelism)"
        return "scrypt$\(cost)$\(Base64URL.encode(self.salt))$\(Base64URL.encode(self.key))"
    }

    /// Whether that is what came out, in a time that does not tell how near it was.
    package func matches(_ key: [UInt8]) -> Bool {
        equalInConstantTime(self.key, key)
    }
}
