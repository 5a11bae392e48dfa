package import Wire

/// A member as the group sees it (RFC 9420 §7.2).
package struct LeafNode: TLSStruct, Equatable, Sendable {
    package var encryptionKey: [UInt8]
    package var signatureKey: [UInt8]
    package var credential: Credential
    package var capabilities: Capabilities
    package var source: LeafNodeSource
    package var extensions: [Extension]
    package var signature: [UInt8]

    /// From its fields.
    package init(
        encryptionKey: [UInt8], signatureKey: [UInt8], credential: Credential, capabilities: Capabilities,
        source: LeafNodeSource, extensions: [Extension], signature: [UInt8] = []
    ) {
        self.encryptionKey = encryptionKey
        self.signatureKey = signatureKey
        self.credential = credential
        self.capabilities = capabilities
        self.source = source
        self.extensions = extensions
        self.signature = signature
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.encryptionKey = try reader.opaque()
        self.signatureKey = try reader.opaque()
        self.credential = try Credential(reading: &reader)
        self.capabilities = try Capabilities(reading: &reader)
        self.source = try LeafNodeSource(reading: &reader)
        self.extensions = try reader.list()
        self.signature = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        self.writeUnsigned(to: &writer)
        writer.vector(self.signature)
    }

    /// Everything before the signature.
    func writeUnsigned(to writer: inout ByteWriter) {
        writer.vector(self.encryptionKey)
        writer.vector(self.signatureKey)
        self.credential.write(to: &writer)
        self.capabilities.write(to: &writer)
        self.source.write(to: &writer)
        writer.list(self.extensions)
    }

    /// The parent hash of a leaf from a Commit.
    var parentHash: [UInt8]? {
        if case .commit(let hash) = self.source { hash } else { nil }
    }

    /// Signs the leaf for its place.
    mutating func sign(
        _ key: borrowing Secret, _ place: LeafPlace, _ crypto: SuiteCrypto<some CryptoProvider>
    ) throws(E2EEError) {
        self.signature = try crypto.sign(
            key, asciiBytes("LeafNodeTBS"), LeafNodeTBS(leafNode: self, place: place).encoded)
    }

    /// Whether its signature holds in that place.
    func isSigned(_ place: LeafPlace, _ crypto: SuiteCrypto<some CryptoProvider>) -> Bool {
        crypto.verify(
            self.signatureKey, asciiBytes("LeafNodeTBS"), LeafNodeTBS(leafNode: self, place: place).encoded,
            self.signature)
    }
}
