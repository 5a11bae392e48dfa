/// What a leaf may do: its effective role (`e2ee.md` 3.2).
package struct Standing: Equatable, Sendable {
    package var role: Role
    package var rights: Rights
    /// Stands in for a host, because none is there.
    package var isActing: Bool

    /// From its fields.
    package init(role: Role, rights: Rights, isActing: Bool = false) {
        self.role = role
        self.rights = rights
        self.isActing = isActing
    }

    /// A leaf of which nothing is known.
    static let guest = Standing(role: .participant, rights: [])

    /// Host or co-host by a chain.
    package var isCertified: Bool { self.role.isCertified && !self.isActing }

    /// Whether it is that of a host or co-host, or of whoever stands in for them now.
    package var leads: Bool { self.isCertified || self.isActing }
}
