/// Which connection holds a leaf, and what it showed to be.
struct GroupBinding: Sendable {
    let connection: ConnectionID
    var standing: Standing?
    /// Keys the holder is known by: the leaf's, and the subjects of its chain. A successor is named by one of them.
    let keys: [LeafKey]

    var isCertified: Bool { self.standing?.isCertified ?? false }
}
