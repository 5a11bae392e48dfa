package import Wire

/// One certificate of a chain (`e2ee.md` 3.2).
package struct RoleCertificate: FrameBody {
    /// Bytes of a certificate.
    package static let bytesAtMost = 179
    static let label = "role"

    /// What the subject is.
    package enum Kind: UInt8, Sendable {
        /// A device in a group.
        case leaf = 1
        /// A personal link.
        case ticket = 2
        /// A device of an account.
        case device = 3
    }

    /// All its bytes.
    package let bytes: [UInt8]
    let signedCount: Int
    let signature: [UInt8]
    let meeting: [UInt8]
    let instance: UInt32
    let issuer: LeafKey
    /// Whose it is.
    package let subject: LeafKey
    let kind: Kind
    let role: CertificateRole
    let rights: CertificateRights
    let validity: ClosedRange<UInt64>

    /// Reads the fields in order and keeps the bytes as they are.
    package init(reading reader: inout ByteReader) throws(WireError) {
        let start = reader.offset
        guard try reader.u8() == 1 else { throw .illegalValue }
        self.meeting = try reader.array(16)
        self.instance = try reader.u32()
        self.issuer = try LeafKey(reading: &reader)
        self.subject = try LeafKey(reading: &reader)
        guard let kind = Kind(rawValue: try reader.u8()), let role = CertificateRole(rawValue: try reader.u8()) else {
            throw .illegalValue
        }
        self.kind = kind
        self.role = role
        self.rights = CertificateRights(rawValue: try reader.u16())
        let notBefore = try reader.u64()
        let notAfter = try reader.u64()
        guard notBefore <= notAfter else { throw .illegalValue }
        self.validity = notBefore...notAfter
        _ = try reader.take(8)  // serial
        self.signedCount = reader.offset - start
        self.signature = try reader.opaque(atMost: 64)
        guard self.signature.count == 64 else { throw .illegalValue }
        self.bytes = reader.bytes.array(start..<reader.offset)
    }

    /// Writes the bytes as they came.
    package func write(to writer: inout ByteWriter) { writer.append(self.bytes) }

    /// Whether it makes a personal link of a meeting, by the meeting's own authority.
    func isTicket(under descriptor: MeetingDescriptor) -> Bool {
        self.kind == .ticket && self.role == .participant && self.meeting == descriptor.meeting
            && self.instance == descriptor.instance && self.issuer == descriptor.authority && self.isSigned
    }

    /// Whether its issuer signed it.
    var isSigned: Bool {
        LabelledSignature.verify(
            self.signature, of: Array(self.bytes.prefix(self.signedCount)), label: Self.label, key: self.issuer)
    }
}
