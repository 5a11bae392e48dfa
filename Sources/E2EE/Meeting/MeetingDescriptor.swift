package import Wire

/// What the authority promised for the whole meeting; a policy stays within it (`e2ee.md` 3.2).
package struct MeetingDescriptor: SelfSigned, Equatable, Sendable {
    package var instance: MeetingInstance
    /// Clients keep the highest they saw and refuse lower ones.
    package var revision: UInt32
    package var authorityKey: [UInt8]
    package var notBefore: UInt64
    package var notAfter: UInt64
    package var cipherSuite: UInt16
    package var admission: Admission
    package var flags: MeetingFlags
    package var featuresMax: FeatureSet
    package var servicesMax: ServiceSet
    package var membersMax: UInt16
    package var minClient: UInt32
    /// Name of the privacy profile, UTF-8.
    package var profile: [UInt8]
    /// SHA-256 of the settings file.
    package var profileHash: [UInt8]
    /// Keys of organisations whose assertions count.
    package var issuers: [[UInt8]]
    /// Who acts as host when no host is there, in this order.
    package var successors: [[UInt8]]
    package var signature: [UInt8] = []

    package static var signingLabel: StaticString { "descriptor" }
    /// More issuers, or successors, than a meeting has.
    package static var keysMax: Int { 64 }
    /// More members than a group takes (`e2ee.md` 4.1).
    package static var membersLimit: UInt16 { 500 }

    /// A session for two: the one who leads it and one other. It was promised with the invitation, so nobody makes it more,
    /// not even the authority (`docs/decisions/0014`).
    package var isForTwo: Bool { self.membersMax <= 2 }

    /// Unsigned, with nothing allowed: what a meeting wants is set one by one.
    package init(_ instance: MeetingInstance, authorityKey: [UInt8], notBefore: UInt64, notAfter: UInt64) {
        self.instance = instance
        self.revision = 0
        self.authorityKey = authorityKey
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.cipherSuite = GroupSuite.xWing.rawValue
        self.admission = .waiting
        self.flags = []
        self.featuresMax = []
        self.servicesMax = []
        self.membersMax = 300
        self.minClient = 0
        self.profile = []
        self.profileHash = [UInt8](repeating: 0, count: 32)
        self.issuers = []
        self.successors = []
    }
}

extension MeetingDescriptor {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        try reader.formatOne()
        self.instance = try MeetingInstance(reading: &reader)
        self.revision = try reader.u32()
        self.authorityKey = try reader.key()
        self.notBefore = try reader.u64()
        self.notAfter = try reader.u64()
        self.cipherSuite = try reader.u16()
        self.admission = try reader.choice()
        self.flags = MeetingFlags(rawValue: try reader.u32())
        self.featuresMax = FeatureSet(rawValue: try reader.u32())
        self.servicesMax = ServiceSet(rawValue: try reader.u16())
        self.membersMax = try reader.u16()
        self.minClient = try reader.u32()
        self.profile = try reader.opaque(max: 255)
        self.profileHash = try reader.array(32)
        self.issuers = try reader.keys(max: Self.keysMax)
        self.successors = try reader.keys(max: Self.keysMax)
        self.signature = try reader.signature()
    }

    /// Everything before the signature.
    package func writeUnsigned(to writer: inout ByteWriter) {
        writer.u8(1)
        self.instance.write(to: &writer)
        writer.u32(self.revision)
        writer.append(self.authorityKey)
        writer.u64(self.notBefore)
        writer.u64(self.notAfter)
        writer.u16(self.cipherSuite)
        writer.u8(self.admission.rawValue)
        writer.u32(self.flags.rawValue)
        writer.u32(self.featuresMax.rawValue)
        writer.u16(self.servicesMax.rawValue)
        writer.u16(self.membersMax)
        writer.u32(self.minClient)
        writer.vector(self.profile)
        writer.append(self.profileHash)
        writer.keys(self.issuers)
        writer.keys(self.successors)
    }

    /// Whether the authority with this fingerprint signed it: what a link lets its holder check.
    package func isTrue<Crypto: CryptoProvider>(fingerprint: [UInt8], _ crypto: Crypto) -> Bool {
        let own = Labelled<Crypto>.hash(crypto, "authority", self.instance.meetingID + self.authorityKey)
        return Array(own.prefix(16)) == fingerprint && self.isSigned(by: self.authorityKey, crypto)
    }
}
