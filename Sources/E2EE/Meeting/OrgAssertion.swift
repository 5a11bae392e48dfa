package import Wire

/// An organisation's word that a leaf's key belongs to one of its people; who that is stays inside the group
/// (`e2ee.md` 9).
package struct OrgAssertion: SelfSigned, Equatable, Sendable {
    package var issuerKey: [UInt8]
    package var leafKey: [UInt8]
    package var notBefore: UInt64
    package var notAfter: UInt64
    /// H("claims", AssertionClaims)
    package var claimsHash: [UInt8]
    package var signature: [UInt8] = []

    package static var signingLabel: StaticString { "assertion" }

    /// Unsigned, from its fields.
    package init(issuer: [UInt8], leaf: [UInt8], notBefore: UInt64, notAfter: UInt64, claimsHash: [UInt8]) {
        self.issuerKey = issuer
        self.leafKey = leaf
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.claimsHash = claimsHash
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        try reader.formatOne()
        self.issuerKey = try reader.key()
        self.leafKey = try reader.key()
        self.notBefore = try reader.u64()
        self.notAfter = try reader.u64()
        self.claimsHash = try reader.array(32)
        self.signature = try reader.signature()
    }

    /// Everything before the signature.
    package func writeUnsigned(to writer: inout ByteWriter) {
        writer.u8(1)
        writer.append(self.issuerKey)
        writer.append(self.leafKey)
        writer.u64(self.notBefore)
        writer.u64(self.notAfter)
        writer.append(self.claimsHash)
    }

    /// Whether one of `issuers` says this about `key`. Its times are for the joiner and the committer.
    package func holds<Crypto: CryptoProvider>(for key: [UInt8], issuers: [[UInt8]], _ crypto: Crypto) -> Bool {
        self.leafKey == key && issuers.contains(self.issuerKey) && self.isSigned(by: self.issuerKey, crypto)
    }
}
