package import Wire

/// What an organisation says about a person, under a salt so that the hash in the leaf tells nobody outside
/// (`e2ee.md` 9).
package struct AssertionClaims: TLSStruct, Equatable, Sendable {
    /// 32 random bytes.
    package var salt: [UInt8]
    package var organisation: [UInt8]
    package var subject: [UInt8]
    package var name: [UInt8]
    package var email: [UInt8]

    /// From its fields.
    package init(salt: [UInt8], organisation: [UInt8], subject: [UInt8], name: [UInt8], email: [UInt8]) {
        self.salt = salt
        self.organisation = organisation
        self.subject = subject
        self.name = name
        self.email = email
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.salt = try reader.array(32)
        self.organisation = try reader.opaque(max: 255)
        self.subject = try reader.opaque(max: 255)
        self.name = try reader.opaque(max: 255)
        self.email = try reader.opaque(max: 254)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.append(self.salt)
        writer.vector(self.organisation)
        writer.vector(self.subject)
        writer.vector(self.name)
        writer.vector(self.email)
    }

    /// H("claims", …): what the assertion signs.
    package func hash<Crypto: CryptoProvider>(_ crypto: Crypto) -> [UInt8] {
        Labelled<Crypto>.hash(crypto, "claims", self.encoded)
    }
}
