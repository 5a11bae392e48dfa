/// Who asked for a sign that is surely fresh (`docs/decisions/0010`). One answer is for all who asked meanwhile.
struct Challengers: Sendable {
    /// The last question of each, in the order in which they first asked.
    private var waiting: [(key: [UInt8], nonce: [UInt8])] = []
    private var nextAt: UInt64 = 0

    /// Milliseconds between two answers.
    private static var pause: UInt64 { 250 }

    /// A member asked. More than a full group's questions are nobody's.
    mutating func asked(_ nonce: [UInt8], by key: [UInt8]) {
        if let index = self.waiting.firstIndex(where: { $0.key == key }) {
            self.waiting[index].nonce = nonce
        } else if self.waiting.count < Int(MeetingDescriptor.membersLimit) {
            self.waiting.append((key, nonce))
        }
    }

    /// Whom to answer now; `leaf` says where somebody is, if they still are.
    mutating func take(now: UInt64, leaf: ([UInt8]) -> UInt32?) -> [(leaf: UInt32, nonce: [UInt8])] {
        guard !self.waiting.isEmpty, now >= self.nextAt else { return [] }
        let taken = self.waiting.prefix(FreshnessResponse.noncesMax)
        self.waiting.removeFirst(taken.count)
        self.nextAt = now + Self.pause
        return taken.compactMap { one in leaf(one.key).map { ($0, one.nonce) } }
    }
}
