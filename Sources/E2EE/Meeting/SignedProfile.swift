package import Wire

/// A person's name as the person signs it, for people of the same group (`e2ee.md` 8).
package struct SignedProfile: SelfSigned, Equatable, Sendable {
    package var leafKey: [UInt8]
    package var groupID: [UInt8]
    /// The highest one counts.
    package var revision: UInt32
    package var name: [UInt8]
    package var language: [UInt8]
    package var claims: AssertionClaims?
    package var device: DeviceStatement?
    package var signature: [UInt8] = []

    package static var signingLabel: StaticString { "profile" }

    /// Unsigned, from its fields.
    package init(
        leaf: [UInt8], groupID: [UInt8], revision: UInt32, name: [UInt8], language: [UInt8],
        claims: AssertionClaims? = nil, device: DeviceStatement? = nil
    ) {
        self.leafKey = leaf
        self.groupID = groupID
        self.revision = revision
        self.name = name
        self.language = language
        self.claims = claims
        self.device = device
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.leafKey = try reader.key()
        self.groupID = try reader.opaque(max: 32)
        self.revision = try reader.u32()
        self.name = try reader.opaque(max: 255)
        self.language = try reader.opaque(max: 35)
        self.claims = try reader.optional()
        self.device = try reader.optional()
        self.signature = try reader.signature()
    }

    /// Everything before the signature.
    package func writeUnsigned(to writer: inout ByteWriter) {
        writer.append(self.leafKey)
        writer.vector(self.groupID)
        writer.u32(self.revision)
        writer.vector(self.name)
        writer.vector(self.language)
        writer.optional(self.claims)
        writer.optional(self.device)
    }
}
