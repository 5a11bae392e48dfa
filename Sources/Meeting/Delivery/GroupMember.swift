/// A leaf of the meeting's own group, as its committers announced it and its holder has shown it.
package struct GroupMember: Equatable, Sendable {
    /// What somebody has shown by certificate.
    package struct Powers: Equatable, Sendable {
        /// It may put people out.
        package var mayEject: Bool
        /// It may say who sends what, and stop it. Whoever stands in for a host may too: who that is follows from what the
        /// bound leaves have shown, so the service knows it without a certificate.
        package var mayModerate: Bool
        /// A host or co-host.
        package var isCertified: Bool
        /// A host.
        package var isHost: Bool

        /// Nothing.
        package static let none = Powers(mayEject: false, isCertified: false, isHost: false)

        /// A host, a co-host, or whoever stands in for one: what is said of everybody is not said of them.
        var leads: Bool { self.isCertified || self.mayModerate }

        /// Powers from their fields.
        package init(mayEject: Bool, mayModerate: Bool = false, isCertified: Bool, isHost: Bool) {
            self.mayEject = mayEject
            self.mayModerate = mayModerate
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
    /// The ticket or device by which its holder is known on another leaf as well; nil where there is none.
    package let person: LeafKey?

    /// From its fields.
    package init(
        leaf: LeafIndex, key: LeafKey, connection: ConnectionID?, powers: Powers = .none, person: LeafKey? = nil
    ) {
        self.leaf = leaf
        self.key = key
        self.connection = connection
        self.powers = powers
        self.person = person
    }
}
