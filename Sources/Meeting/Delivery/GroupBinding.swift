/// Which connection holds a leaf, and what it showed to be.
struct GroupBinding: Sendable {
    let connection: ConnectionID
    var standing: Standing?
    /// Keys the holder is known by: the leaf's, and the subjects of its chain. A successor is named by one of them.
    let keys: [LeafKey]
    /// The ticket or device that the connection has shown, with this leaf or before it had one: whoever shows less later is
    /// the same person.
    var person: LeafKey?

    var isCertified: Bool { self.standing?.isCertified ?? false }
}
