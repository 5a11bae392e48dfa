/// Which connection holds a leaf, and what it showed to be.
struct GroupBinding: Sendable {
    let connection: ConnectionID
    var standing: Standing?
    /// Keys the holder is known by: the leaf's, and the subjects of its chain. A successor is named by one of them.
    private(set) var keys: [LeafKey]
    /// The ticket or device that the connection has shown, with this leaf or before it had one: whoever shows less later is
    /// the same person.
    var person: LeafKey?

    var isCertified: Bool { self.standing?.isCertified ?? false }

    /// What it showed counts no more: it holds its leaf, and is known by nothing else.
    mutating func forgetStanding() {
        self.standing = nil
        self.keys = Array(self.keys.prefix(1))
    }
}
