package import Wire

/// Lets somebody who was in come back through waiting room and lock (`e2ee.md` 4.1).
package struct ReentryPass: SelfSigned, Equatable, Sendable {
    package var instance: MeetingInstance
    /// Worth nothing once the policy's number is higher.
    package var generation: UInt32
    /// Signature key of whoever comes back.
    package var subjectKey: [UInt8]
    /// Chain of the leaf that signed.
    package var issuer: Chain
    package var signature: [UInt8] = []

    package static var signingLabel: StaticString { "reentry" }

    /// Unsigned, from its fields.
    package init(_ instance: MeetingInstance, generation: UInt32, subject: [UInt8], issuer: Chain) {
        self.instance = instance
        self.generation = generation
        self.subjectKey = subject
        self.issuer = issuer
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        try reader.formatOne()
        self.instance = try MeetingInstance(reading: &reader)
        self.generation = try reader.u32()
        self.subjectKey = try reader.key()
        self.issuer = try Chain(reading: &reader)
        self.signature = try reader.signature()
    }

    /// Everything before the signature.
    package func writeUnsigned(to writer: inout ByteWriter) {
        writer.u8(1)
        self.instance.write(to: &writer)
        writer.u32(self.generation)
        writer.append(self.subjectKey)
        self.issuer.write(to: &writer)
    }

    /// Whether it lets the owner of `key` in: made for that key and for this generation, by somebody who may admit.
    package func isValid<Crypto: CryptoProvider>(
        for key: [UInt8], generation: UInt32, _ rule: ChainRule<Crypto>
    ) -> Bool {
        guard let signer = self.issuer.subjectKey else { return false }
        return self.instance == rule.instance && self.subjectKey == key && self.generation == generation
            && self.issuer.rights.contains(.admit) && !rule.revoked.contains(Revocation(key: key, scope: .out))
            && rule.isValid(self.issuer, for: signer) && self.isSigned(by: signer, rule.crypto)
    }
}
