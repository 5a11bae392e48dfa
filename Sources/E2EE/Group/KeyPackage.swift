package import Wire

/// Lets somebody add a client to a group (RFC 9420 §10). Its version is always mls10 and so is not kept.
package struct KeyPackage: TLSStruct, Equatable, Sendable {
    package var cipherSuite: UInt16
    /// To which the Welcome is encrypted.
    package var initKey: [UInt8]
    package var leafNode: LeafNode
    package var extensions: [Extension]
    package var signature: [UInt8]

    /// From its fields.
    package init(
        cipherSuite: UInt16, initKey: [UInt8], leafNode: LeafNode, extensions: [Extension], signature: [UInt8] = []
    ) {
        self.cipherSuite = cipherSuite
        self.initKey = initKey
        self.leafNode = leafNode
        self.extensions = extensions
        self.signature = signature
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        try reader.version()
        self.cipherSuite = try reader.u16()
        self.initKey = try reader.opaque()
        self.leafNode = try LeafNode(reading: &reader)
        self.extensions = try reader.list()
        self.signature = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        KeyPackageTBS(keyPackage: self).write(to: &writer)
        writer.vector(self.signature)
    }

    /// Its KeyPackageRef (§5.2).
    func reference(_ crypto: SuiteCrypto<some CryptoProvider>) -> [UInt8] {
        crypto.reference(asciiBytes("MLS 1.0 KeyPackage Reference"), self.encoded)
    }

    mutating func sign(
        _ key: borrowing Secret, _ crypto: SuiteCrypto<some CryptoProvider>
    ) throws(E2EEError) {
        self.signature = try crypto.sign(
            key, asciiBytes("KeyPackageTBS"), KeyPackageTBS(keyPackage: self).encoded)
    }

    func isSigned(_ crypto: SuiteCrypto<some CryptoProvider>) -> Bool {
        crypto.verify(
            self.leafNode.signatureKey, asciiBytes("KeyPackageTBS"), KeyPackageTBS(keyPackage: self).encoded,
            self.signature)
    }
}

extension KeyPackage {
    /// Its reference, if we know its suite.
    func productReference<Crypto: CryptoProvider>(_ provider: Crypto) -> [UInt8]? {
        GroupSuite(rawValue: self.cipherSuite).map { self.reference(SuiteCrypto(suite: $0, provider: provider)) }
    }
}
