/// Who asked for a sign that is surely fresh (`docs/decisions/0010`). One answer is for all who asked meanwhile.
struct Challengers: Sendable {
    /// The last question of each, by key.
    private var nonces: [[UInt8]: [UInt8]] = [:]
    private var nextAt: UInt64 = 0

    /// Milliseconds between two answers.
    private static var pause: UInt64 { 250 }

    /// A member asked. More than a full group's questions are nobody's.
    mutating func asked(_ nonce: [UInt8], by key: [UInt8]) {
        guard self.nonces[key] != nil || self.nonces.count < Int(MeetingDescriptor.membersLimit) else { return }
        self.nonces[key] = nonce
    }

    /// Whom to answer now; `leaf` says where somebody is, if they still are.
    mutating func take(now: UInt64, leaf: ([UInt8]) -> UInt32?) -> [(leaf: UInt32, nonce: [UInt8])] {
        guard !self.nonces.isEmpty, now >= self.nextAt else { return [] }
        var taken: [(leaf: UInt32, nonce: [UInt8])] = []
        for (key, nonce) in self.nonces where taken.count < FreshnessResponse.noncesMax {
            self.nonces[key] = nil
            if let leaf = leaf(key) { taken.append((leaf, nonce)) }
        }
        if !taken.isEmpty { self.nextAt = now + Self.pause }
        // By leaf, so that the same meeting always goes the same way.
        return taken.sorted { $0.leaf < $1.leaf }
    }
}
