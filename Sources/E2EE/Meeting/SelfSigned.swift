package import Wire

/// A struct that ends in an Ed25519 signature over all fields before it (`e2ee.md`, Notation).
package protocol SelfSigned: TLSStruct {
    /// The label of Sign.
    static var signingLabel: StaticString { get }
    /// The last field.
    var signature: [UInt8] { get set }
    /// Writes every field before the signature.
    func writeUnsigned(to writer: inout ByteWriter)
}

extension SelfSigned {
    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        self.writeUnsigned(to: &writer)
        writer.vector(self.signature)
    }

    private var unsigned: [UInt8] {
        var writer = ByteWriter()
        self.writeUnsigned(to: &writer)
        return writer.bytes
    }

    /// Signs the fields as they are now.
    package mutating func sign<Crypto: CryptoProvider>(
        _ key: borrowing Secret, _ crypto: Crypto
    ) throws(E2EEError) {
        var unsigned = self.unsigned
        defer { unsigned.wipe() }  // a bundle or a note may hold a secret
        self.signature = try Labelled<Crypto>.sign(crypto, key, Self.signingLabel, unsigned)
    }

    /// The same, signed.
    package func signed<Crypto: CryptoProvider>(
        by key: borrowing Secret, _ crypto: Crypto
    ) throws(E2EEError) -> Self {
        var copy = self
        try copy.sign(key, crypto)
        return copy
    }

    /// Whether the owner of this public key signed it.
    package func isSigned<Crypto: CryptoProvider>(by key: [UInt8], _ crypto: Crypto) -> Bool {
        var unsigned = self.unsigned
        defer { unsigned.wipe() }
        return Labelled<Crypto>.isSigned(crypto, by: key, Self.signingLabel, unsigned, self.signature)
    }
}
