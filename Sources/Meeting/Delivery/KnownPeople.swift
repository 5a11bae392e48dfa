/// The personal link or device by which the holder of a leaf is known, by the leaf's key: whoever shows another chain later, as
/// a co-host does, is the same person. It is bounded: the oldest goes first.
struct KnownPeople: Sendable {
    /// Twice as many as have a seat in a group.
    static let atMost = 1_024

    private var order: [LeafKey] = []
    private var people: [LeafKey: LeafKey] = [:]

    subscript(key: LeafKey) -> LeafKey? { self.people[key] }

    /// Somebody who holds a leaf has shown who they are.
    mutating func note(_ person: LeafKey, of key: LeafKey) {
        guard self.people.updateValue(person, forKey: key) == nil else { return }
        self.order.append(key)
        if self.order.count > Self.atMost { self.people[self.order.removeFirst()] = nil }
    }
}
