package import Wire

/// One to five certificates from a leaf up to the authority, the leaf's own first (`e2ee.md` 3.2).
package struct Chain: TLSStruct, Equatable, Sendable {
    package var certificates: [RoleCertificate]

    /// Longer chains are refused.
    package static var countMax: Int { 5 }

    /// From its certificates, the leaf's own first.
    package init(_ certificates: [RoleCertificate]) { self.certificates = certificates }

    /// Reads the list.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.certificates = try reader.list(max: Self.countMax)
        guard !self.certificates.isEmpty else { throw .illegalValue }
    }

    /// Writes the list.
    package func write(to writer: inout ByteWriter) { writer.list(self.certificates) }

    /// What the chain makes its leaf.
    package var role: Role? { self.certificates.first?.role }

    /// What the chain lets its leaf do.
    package var rights: Rights { self.certificates.first?.rights ?? [] }

    /// The leaf's key.
    package var subjectKey: [UInt8]? { self.certificates.first?.subjectKey }

    /// Whether any certificate is about this key.
    package func names(_ key: [UInt8]) -> Bool { self.certificates.contains { $0.subjectKey == key } }

    /// The ticket or device key that certified the leaf itself: such a key has one leaf at a time. A leaf further down, a
    /// service or somebody's co-host, is another leaf and not this key's.
    package var personKey: [UInt8]? {
        guard self.certificates.count == 2, let last = self.certificates.last, last.kind != .leaf else { return nil }
        return last.subjectKey
    }

    /// Whether each certificate is within its time: for joiner, committer and server (`e2ee.md` 3.2), never for
    /// `authorise`.
    package func isCurrent(_ now: UInt64) -> Bool {
        self.certificates.allSatisfy { $0.notBefore <= now && now <= $0.notAfter }
    }
}
