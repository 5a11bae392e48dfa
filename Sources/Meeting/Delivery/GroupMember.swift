/// A leaf of the meeting's own group, as its committers announced it and its holder has shown it.
package struct GroupMember: Equatable, Sendable {
    /// What somebody has shown by certificate.
    package struct Powers: Equatable, Sendable {
        /// It may put people out.
        package var mayEject: Bool
        /// A host or co-host.
        package var isCertified: Bool
        /// A host.
        package var isHost: Bool

        /// Nothing.
        package static let none = Powers(mayEject: false, isCertified: false, isHost: false)

        /// Powers from their fields.
        package init(mayEject: Bool, isCertified: Bool, isHost: Bool) {
            self.mayEject = mayEject
            self.isCertified = isCertified
            self.isHost = isHost
        }
    }

    /// Which leaf.
    package let leaf: LeafIndex
    /// The signature key in it.
    package let key: LeafKey
    /// The connection that holds it; nil while there is none.
    package let connection: ConnectionID?
    /// What its holder has shown: also while it has no connection nobody of a lower rank puts it out.
    package var powers: Powers

    /// From its fields.
    package init(leaf: LeafIndex, key: LeafKey, connection: ConnectionID?, powers: Powers = .none) {
        self.leaf = leaf
        self.key = key
        self.connection = connection
        self.powers = powers
    }
}
