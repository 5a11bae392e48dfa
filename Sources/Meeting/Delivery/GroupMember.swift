/// A leaf of the meeting's own group, as its committers announced it and its holder has shown it.
package struct GroupMember: Equatable, Sendable {
    /// Which leaf.
    package let leaf: LeafIndex
    /// The signature key in it.
    package let key: LeafKey
    /// The connection that holds it; nil while there is none.
    package let connection: ConnectionID?

    /// From its fields.
    package init(leaf: LeafIndex, key: LeafKey, connection: ConnectionID?) {
        self.leaf = leaf
        self.key = key
        self.connection = connection
    }
}
