package import Wire

/// What a person says to a service.
package enum ConsentDecision: UInt8, Sendable {
    case yes = 1
    case no = 2
    /// A yes of before is taken back.
    case withdrawn = 3
}

/// A person's answer to a service, signed (`e2ee.md` 10): whoever keeps what the person said keeps this beside it.
package struct ConsentStatement: SelfSigned, Equatable, Sendable {
    package var groupID: [UInt8]
    /// In which it is said. In another one it counts for nothing.
    package var epoch: UInt64
    /// Signature key of the person's leaf.
    package var person: [UInt8]
    /// Signature key of the service's leaf.
    package var service: [UInt8]
    package var role: Role
    package var purposes: Purposes
    /// What the service may get; nothing unless it is a yes.
    package var scope: ConsentScope
    package var decision: ConsentDecision
    /// Unix milliseconds by the person's clock. Of one person's statements later ones have more.
    package var time: UInt64
    /// What the person read when they answered: `hash`.
    package var textHash: [UInt8]
    package var signature: [UInt8] = []

    package static var signingLabel: StaticString { "consent" }

    /// Unsigned, from its fields.
    package init(
        groupID: [UInt8], epoch: UInt64, person: [UInt8], service: [UInt8], role: Role, purposes: Purposes,
        scope: ConsentScope, decision: ConsentDecision, time: UInt64, textHash: [UInt8]
    ) {
        self.groupID = groupID
        self.epoch = epoch
        self.person = person
        self.service = service
        self.role = role
        self.purposes = purposes
        self.scope = scope
        self.decision = decision
        self.time = time
        self.textHash = textHash
    }

    /// H("consent text", text as shown), UTF-8.
    package static func hash<Crypto: CryptoProvider>(of text: [UInt8], _ crypto: Crypto) -> [UInt8] {
        Labelled<Crypto>.hash(crypto, "consent text", text)
    }

    /// Reads the fields in order. A yes to nothing is none, and a no gives nothing.
    package init(reading reader: inout ByteReader) throws(WireError) {
        try reader.formatOne()
        self.groupID = try reader.opaque(max: 32)
        self.epoch = try reader.u64()
        self.person = try reader.key()
        self.service = try reader.key()
        self.role = try reader.choice()
        self.purposes = Purposes(rawValue: try reader.u16())
        self.scope = ConsentScope(rawValue: try reader.u8())
        self.decision = try reader.choice()
        self.time = try reader.u64()
        self.textHash = try reader.array(32)
        self.signature = try reader.signature()
        guard self.role.isService, self.scope.isSubset(of: .all), (self.decision == .yes) != self.scope.isEmpty else {
            throw .illegalValue
        }
    }

    /// Everything before the signature.
    package func writeUnsigned(to writer: inout ByteWriter) {
        writer.u8(1)
        writer.vector(self.groupID)
        writer.u64(self.epoch)
        writer.append(self.person)
        writer.append(self.service)
        writer.u8(self.role.rawValue)
        writer.u16(self.purposes.rawValue)
        writer.u8(self.scope.rawValue)
        writer.u8(self.decision.rawValue)
        writer.u64(self.time)
        writer.append(self.textHash)
    }
}
