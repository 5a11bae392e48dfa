/// Keys that a host took everything from, or what made them a co-host's. It is bounded: the oldest goes first.
struct RevokedKeys: Sendable {
    static let atMost = 1_024

    private var order: [LeafKey] = []
    private var keys: Set<LeafKey> = []

    func contains(_ key: LeafKey) -> Bool { self.keys.contains(key) }

    mutating func insert(_ key: LeafKey) {
        guard self.keys.insert(key).inserted else { return }
        self.order.append(key)
        if self.order.count > Self.atMost { self.keys.remove(self.order.removeFirst()) }
    }
}
