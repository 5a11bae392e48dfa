/// Whether a chain holds under a policy (`e2ee.md` 3.2, Valid chain). No clock: the same answer for everybody.
package struct ChainRule<Crypto: CryptoProvider>: Sendable {
    let instance: MeetingInstance
    let authorityKey: [UInt8]
    let revoked: [Revocation]
    let crypto: Crypto

    /// The rule of a descriptor and a list of revocations.
    package init(_ descriptor: MeetingDescriptor, revoked: [Revocation], _ crypto: Crypto) {
        self.instance = descriptor.instance
        self.authorityKey = descriptor.authorityKey
        self.revoked = revoked
        self.crypto = crypto
    }

    /// The rule of a policy.
    package init(_ policy: MeetingPolicy, _ crypto: Crypto) {
        self.init(policy.descriptor, revoked: policy.revoked, crypto)
    }

    /// Whether `chain` leads from the leaf with this signature key to the authority. The shape is looked at first,
    /// because signatures are what costs.
    package func isValid(_ chain: Chain, for leafKey: [UInt8]) -> Bool {
        let certificates = chain.certificates
        guard (1...Chain.countMax).contains(certificates.count), let first = certificates.first,
            let last = certificates.last, first.subjectKey == leafKey, first.kind == .leaf,
            last.issuerKey == self.authorityKey
        else { return false }
        for (index, certificate) in certificates.enumerated() {
            guard self.fits(certificate, isLast: index == certificates.count - 1) else { return false }
            guard index + 1 < certificates.count else { break }
            guard self.fits(certificate, under: certificates[index + 1], isFirst: index == 0) else { return false }
        }
        if certificates.count == 1, first.role == .participant { return false }
        if first.role == .participant { guard certificates.count == 2, last.kind != .leaf else { return false } }
        return certificates.allSatisfy { $0.isSigned(by: $0.issuerKey, self.crypto) }
    }

    /// The rules about one certificate alone. Services and roles of later phases stand only where `under` lets them.
    private func fits(_ certificate: RoleCertificate, isLast: Bool) -> Bool {
        certificate.instance == self.instance && (isLast || certificate.kind == .leaf)
            && certificate.rights.isSubset(of: certificate.role.rightsMax)
            && (certificate.role.rank != nil || certificate.role.isService)
            && !self.revoked.contains { $0.key == certificate.subjectKey }
    }

    /// The rules between a certificate and the one that issued it.
    private func fits(_ certificate: RoleCertificate, under issuer: RoleCertificate, isFirst: Bool) -> Bool {
        guard certificate.issuerKey == issuer.subjectKey, issuer.rights.contains(.delegate),
            certificate.rights.isSubset(of: issuer.rights), let above = issuer.role.rank
        else { return false }
        if let own = certificate.role.rank { return own <= above }
        return isFirst && issuer.rights.contains(.services)
    }
}
