/// What somebody was found to be, by certificate.
package struct Standing: Equatable, Sendable {
    /// The role of the leaf.
    package let role: CertificateRole
    /// What it may do.
    package let rights: CertificateRights
    /// The subjects of its chain, the leaf first. Whoever revokes one of them revokes this.
    let keys: [LeafKey]
    /// Those of them that a certificate made a co-host's: whoever withdraws one of them withdraws this. No host's key is
    /// among them.
    let cohosts: [LeafKey]
    /// The ticket or device by which its holder is known; nil where there is none.
    let person: LeafKey?
    /// The authority itself certified the leaf: whoever holds the host link can do that.
    let isDirect: Bool

    /// A host or a co-host.
    package var isCertified: Bool { self.role == .host || self.role == .cohost }

    /// One person with two leaves: a page loaded again, or the host link opened again (`e2ee.md` 4.2, resync).
    func isSamePerson(as other: Standing) -> Bool {
        if let person = self.person { return person == other.person }
        return self.isDirect && other.isDirect && self.role == .host && other.role == .host
    }
}
