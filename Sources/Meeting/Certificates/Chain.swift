package import Wire

/// Role certificates from a leaf up to the authority of the meeting (`e2ee.md` 3.2).
package struct Chain: FrameBody {
    private static let certificatesAtMost = 5

    /// The certificates, the leaf's first.
    package let certificates: [RoleCertificate]

    /// Reads one to five certificates.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.certificates = try reader.list(atMost: Self.certificatesAtMost)
        guard !self.certificates.isEmpty else { throw .illegalValue }
    }

    /// Writes the certificates.
    package func write(to writer: inout ByteWriter) { writer.list(self.certificates) }

    /// Whose chain it is.
    package var subject: LeafKey { self.certificates[0].subject }

    /// What it proves of its subject at a time; nil if it is not valid for the meeting. Whether a key of it was revoked is
    /// the caller's to know.
    func standing(under meeting: MeetingDescriptor, unixSeconds: UInt64) -> Standing? {
        let certificates = self.certificates
        guard certificates.last?.issuer == meeting.authority, certificates[0].kind == .leaf,
            certificates.allSatisfy({ $0.meeting == meeting.meeting && $0.instance == meeting.instance }),
            certificates.allSatisfy({ $0.validity.contains(unixSeconds) }),
            certificates.allSatisfy({ $0.rights.isSubset(of: $0.role.rightsMax) }),
            certificates.allSatisfy({ $0.kind == .leaf || $0.issuer == meeting.authority })
        else { return nil }
        for (subject, issuer) in zip(certificates, certificates.dropFirst()) {
            guard subject.issuer == issuer.subject, issuer.rights.contains(.delegate),
                subject.rights.isSubset(of: issuer.rights), self.mayName(issuer, subject)
            else { return nil }
        }
        if certificates[0].role == .participant {
            guard certificates.count == 2, certificates[1].kind != .leaf else { return nil }
        }
        // Signatures last: they cost the most.
        guard certificates.allSatisfy(\.isSigned) else { return nil }
        return Standing(
            role: certificates[0].role, rights: certificates[0].rights, keys: certificates.map(\.subject),
            cohosts: certificates.filter { $0.role == .cohost }.map(\.subject), person: self.person,
            isDirect: certificates.count == 1)
    }

    /// The ticket or device key that certified the leaf itself. A leaf further down, a service or somebody's co-host, is
    /// another leaf and not this key's.
    private var person: LeafKey? {
        guard self.certificates.count == 2, self.certificates[1].kind != .leaf else { return nil }
        return self.certificates[1].subject
    }

    /// Roles never rise, and a service is named by somebody who may start services.
    private func mayName(_ issuer: RoleCertificate, _ subject: RoleCertificate) -> Bool {
        guard let above = issuer.role.rank else { return false }
        guard let below = subject.role.rank else { return issuer.rights.contains(.services) }
        return below <= above
    }
}
