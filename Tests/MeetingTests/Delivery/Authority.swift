import Crypto
import Meeting
import Wire

/// The host's side of a meeting: it signs a descriptor, certificates and proofs, as a client would.
struct Authority {
    static let meeting = [UInt8](0..<16)
    static let unixSeconds: UInt64 = 1_800_000_000

    let key = Authority.signingKey(0)

    static func signingKey(_ number: Int) -> Curve25519.Signing.PrivateKey {
        guard
            let key = try? Curve25519.Signing.PrivateKey(
                rawRepresentation: [UInt8](repeating: UInt8(truncatingIfNeeded: number / 256), count: 16)
                    + [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 16))
        else { preconditionFailure("32 bytes are a key") }
        return key
    }

    static func publicKey(of key: Curve25519.Signing.PrivateKey) -> LeafKey {
        guard let key = LeafKey(Array(key.publicKey.rawRepresentation)) else { preconditionFailure("32 bytes") }
        return key
    }

    /// By which the certificate of a ticket is asked for.
    static func hash(of key: Curve25519.Signing.PrivateKey) -> [UInt8] {
        Array(SHA256.hash(data: key.publicKey.rawRepresentation))
    }

    /// RFC 9420 §5.1.2, SignWithLabel.
    static func sign(_ key: Curve25519.Signing.PrivateKey, _ label: String, _ content: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.vector(Array("MLS 1.0 Beraad 1 \(label)".utf8))
        writer.vector(content)
        guard let signature = try? key.signature(for: writer.bytes) else { preconditionFailure("it signs anything") }
        return Array(signature)
    }

    func descriptor(
        of meeting: [UInt8] = Authority.meeting, admission: MeetingDescriptor.Admission = .waiting, flags: UInt32 = 0,
        successors: [LeafKey] = []
    ) throws -> MeetingDescriptor {
        var writer = ByteWriter()
        writer.u8(1)
        writer.append(meeting)
        writer.u32(0)
        writer.u32(1)
        writer.append(Self.publicKey(of: self.key).bytes)
        writer.u64(Self.unixSeconds - 100)
        writer.u64(Self.unixSeconds + 86_400)
        writer.u16(0xF0B1)
        writer.u8(admission.rawValue)
        writer.u32(flags)
        writer.u32(0)
        writer.u16(0)
        writer.u16(300)
        writer.u32(0)
        writer.vector(Array("coaching".utf8))
        writer.append([UInt8](repeating: 0, count: 32))
        writer.vector([UInt8]())
        writer.vector(successors.flatMap(\.bytes))
        writer.vector(Self.sign(self.key, "descriptor", writer.bytes))
        return try MeetingDescriptor(decoding: writer.bytes)
    }

    /// One certificate by any key.
    static func certificate(
        by issuer: Curve25519.Signing.PrivateKey, for subject: LeafKey, kind: UInt8 = 1, role: CertificateRole,
        rights: UInt16, meeting: [UInt8] = Authority.meeting, instance: UInt32 = 0,
        validity: Range<UInt64> = Authority.unixSeconds - 10..<Authority.unixSeconds + 10
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.u8(1)
        writer.append(meeting)
        writer.u32(instance)
        writer.append(Self.publicKey(of: issuer).bytes)
        writer.append(subject.bytes)
        writer.u8(kind)
        writer.u8(role.rawValue)
        writer.u16(rights)
        writer.u64(validity.lowerBound)
        writer.u64(validity.upperBound)
        writer.append([UInt8](repeating: 7, count: 8))
        writer.vector(Self.sign(issuer, "role", writer.bytes))
        return writer.bytes
    }

    static func chain(_ certificates: [UInt8]...) throws -> Chain {
        var writer = ByteWriter()
        writer.vector(certificates.flatMap { $0 })
        return try Chain(decoding: writer.bytes)
    }

    /// A leaf by a personal link, whose key is `ticket`.
    func ticketChain(
        for subject: LeafKey, ticket: Curve25519.Signing.PrivateKey, rights: UInt16 = 0xC0
    ) throws -> Chain {
        try Self.chain(
            Self.certificate(by: ticket, for: subject, role: .participant, rights: rights & 0x80),
            Self.certificate(
                by: self.key, for: Self.publicKey(of: ticket), kind: 2, role: .participant, rights: rights))
    }

    /// A leaf that the authority itself made a host, or a co-host.
    func chain(_ role: CertificateRole, for subject: LeafKey) throws -> Chain {
        let rights: UInt16 = role == .host ? 0xFF : role == .cohost ? 0xF7 : 0
        return try Self.chain(Self.certificate(by: self.key, for: subject, role: role, rights: rights))
    }
}
