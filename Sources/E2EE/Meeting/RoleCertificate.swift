package import Wire

/// What a certificate's subject key is (`e2ee.md` 3.2).
package enum CertificateKind: UInt8, Sendable {
    /// Signature key of a leaf.
    case leaf = 1
    /// Key of a personal link.
    case ticket = 2
    /// Key of an account's device.
    case device = 3
}

/// Gives a key a role, in one occurrence of one meeting (`e2ee.md` 3.2). 179 bytes.
package struct RoleCertificate: SelfSigned, Equatable, Sendable {
    package var instance: MeetingInstance
    package var issuerKey: [UInt8]
    package var subjectKey: [UInt8]
    package var kind: CertificateKind
    package var role: Role
    package var rights: Rights
    /// Read by the joiner, the committer and the server, never by the rules of a Commit.
    package var notBefore: UInt64
    /// Read by the joiner, the committer and the server, never by the rules of a Commit.
    package var notAfter: UInt64
    /// 8 bytes.
    package var serial: [UInt8]
    package var signature: [UInt8] = []

    package static var signingLabel: StaticString { "role" }

    /// Unsigned, from its fields.
    package init(
        _ instance: MeetingInstance, issuer: [UInt8], subject: [UInt8], _ kind: CertificateKind, _ role: Role,
        _ rights: Rights, notBefore: UInt64, notAfter: UInt64, serial: [UInt8]
    ) {
        self.instance = instance
        self.issuerKey = issuer
        self.subjectKey = subject
        self.kind = kind
        self.role = role
        self.rights = rights
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.serial = serial
    }
}

extension RoleCertificate {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        try reader.formatOne()
        self.instance = try MeetingInstance(reading: &reader)
        self.issuerKey = try reader.key()
        self.subjectKey = try reader.key()
        self.kind = try reader.choice()
        self.role = try reader.choice()
        self.rights = Rights(rawValue: try reader.u16())
        self.notBefore = try reader.u64()
        self.notAfter = try reader.u64()
        self.serial = try reader.array(8)
        self.signature = try reader.signature()
    }

    /// Everything before the signature.
    package func writeUnsigned(to writer: inout ByteWriter) {
        writer.u8(1)
        self.instance.write(to: &writer)
        writer.append(self.issuerKey)
        writer.append(self.subjectKey)
        writer.u8(self.kind.rawValue)
        writer.u8(self.role.rawValue)
        writer.u16(self.rights.rawValue)
        writer.u64(self.notBefore)
        writer.u64(self.notAfter)
        writer.append(self.serial)
    }
}
