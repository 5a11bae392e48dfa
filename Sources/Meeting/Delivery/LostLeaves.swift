/// Keys of people whom the service itself took for lost, by the leaf they had. Whoever shows one comes back as far as the
/// service is asked: it gives them the tree, and passes their own Commit on; members decide by keys (`e2ee.md` 4.3). It is
/// bounded: the oldest goes first.
struct LostLeaves: Sendable {
    static let atMost = 512
    /// Of one leaf: each is a signature to look at when somebody says that it was theirs.
    static let perLeaf = 2

    private var lost: [(leaf: LeafIndex, key: LeafKey)] = []

    mutating func insert(_ key: LeafKey, at leaf: LeafIndex) {
        self.remove(key)
        self.lost.append((leaf, key))
        if self.keys(at: leaf).count > Self.perLeaf, let first = self.lost.firstIndex(where: { $0.leaf == leaf }) {
            self.lost.remove(at: first)
        }
        if self.lost.count > Self.atMost { self.lost.removeFirst() }
    }

    /// Somebody is in again.
    mutating func remove(_ key: LeafKey) { self.lost.removeAll { $0.key == key } }

    /// People who have to stay out.
    mutating func remove(where isOut: (LeafKey) -> Bool) { self.lost.removeAll { isOut($0.key) } }

    func contains(_ key: LeafKey) -> Bool { self.lost.contains { $0.key == key } }

    func keys(at leaf: LeafIndex) -> [LeafKey] { self.lost.filter { $0.leaf == leaf }.map(\.key) }
}
