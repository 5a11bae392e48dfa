/// What somebody was found to be, by certificate.
package struct Standing: Equatable, Sendable {
    /// The role of the leaf.
    package let role: CertificateRole
    /// What it may do.
    package let rights: CertificateRights

    /// A host or a co-host.
    package var isCertified: Bool { self.role == .host || self.role == .cohost }
}
