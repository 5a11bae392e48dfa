package import Wire

/// The authority's signed description of a meeting (`e2ee.md` 3.2). Clients check it against their link; the service
/// reads who may issue certificates and who may found a group.
package struct MeetingDescriptor: FrameBody {
    /// The largest descriptor, in bytes.
    package static let bytesAtMost = 16 << 10
    static let label = "descriptor"

    /// How people get in (`e2ee.md` 4.1).
    package enum Admission: UInt8, Sendable {
        /// They wait for a host.
        case waiting = 1
        /// With the link.
        case open = 2
        /// With an organisation's word.
        case members = 3
        /// Not at all.
        case closed = 4
    }

    /// Open admission works without a host (`e2ee.md` 4.1).
    private static let unhostedOpen: UInt32 = 0x08

    /// All its bytes.
    package let bytes: [UInt8]
    let signedCount: Int
    let signature: [UInt8]
    /// The meeting, 16 bytes.
    package let meeting: [UInt8]
    /// Which occurrence of it.
    package let instance: UInt32
    /// Rises with every change.
    package let revision: UInt32
    /// The root of every chain.
    package let authority: LeafKey
    /// How people get in at first.
    package let admission: Admission
    let flags: UInt32
    /// What may ever be switched on in the group, as bits (`e2ee.md` 4.1, `docs/decisions/0011`).
    let featuresMax: UInt32
    /// Which kinds of service may ever be let in, as bits (`e2ee.md` 4.1).
    let servicesMax: UInt16
    /// Who follows the host, in order.
    let successors: [LeafKey]

    /// Reads the fields in order and keeps the bytes as they are.
    package init(reading reader: inout ByteReader) throws(WireError) {
        let start = reader.offset
        guard try reader.u8() == 1 else { throw .illegalValue }
        self.meeting = try reader.array(16)
        self.instance = try reader.u32()
        self.revision = try reader.u32()
        self.authority = try LeafKey(reading: &reader)
        _ = try reader.take(16)  // not_before, not_after
        _ = try reader.u16()  // cipher_suite
        guard let admission = Admission(rawValue: try reader.u8()) else { throw .illegalValue }
        self.admission = admission
        self.flags = try reader.u32()
        self.featuresMax = try reader.u32()
        self.servicesMax = try reader.u16()
        _ = try reader.take(2 + 4)  // members_max, min_client
        _ = try reader.opaque(atMost: 1_024)  // profile
        _ = try reader.take(32)  // profile_hash
        _ = try reader.list(atMost: 64) as [LeafKey]  // issuers
        self.successors = try reader.list(atMost: 64)
        self.signedCount = reader.offset - start
        self.signature = try reader.opaque(atMost: 64)
        guard reader.offset - start <= Self.bytesAtMost, self.signature.count == 64 else { throw .illegalValue }
        self.bytes = reader.bytes.array(start..<reader.offset)
    }

    /// Writes the bytes as they came.
    package func write(to writer: inout ByteWriter) { writer.append(self.bytes) }

    /// Whether the authority that it names signed it.
    package var isSigned: Bool {
        LabelledSignature.verify(
            self.signature, of: Array(self.bytes.prefix(self.signedCount)), label: Self.label, key: self.authority)
    }

    /// Whether somebody without a certificate may found the group (`e2ee.md` 4.1, first policy).
    var admitsUncertifiedFounder: Bool {
        self.flags & Self.unhostedOpen != 0 && (self.admission == .open || self.admission == .members)
    }
}
