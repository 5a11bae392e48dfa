/// What a client puts into its leaf, and the key it signs with (RFC 9420 §5.3, §7.2).
package struct LeafIdentity: Sendable {
    package var credential: Credential
    package var capabilities: Capabilities
    package var extensions: [Extension]
    let signatureKey: HeldSecret
    let signaturePublicKey: [UInt8]

    /// An identity with a signature key of its own.
    package init<Crypto: CryptoProvider>(
        _ suite: GroupSuite, credential: Credential, capabilities: Capabilities, extensions: [Extension] = [],
        signatureKey: consuming Secret, _ provider: Crypto
    ) throws(E2EEError) {
        let crypto = SuiteCrypto(suite: suite, provider: provider)
        self.signaturePublicKey = try crypto.signaturePublicKey(of: signatureKey)
        self.signatureKey = HeldSecret(signatureKey)
        self.credential = credential
        self.capabilities = capabilities
        self.extensions = extensions
    }

    /// An identity with a fresh signature key.
    package init<Crypto: CryptoProvider>(
        _ suite: GroupSuite, credential: Credential, capabilities: Capabilities, extensions: [Extension] = [],
        _ provider: Crypto
    ) throws(E2EEError) {
        try self.init(
            suite, credential: credential, capabilities: capabilities, extensions: extensions,
            signatureKey: try provider.signatureKey(suite.signature), provider)
    }

    /// The leaf node of this identity, not signed yet.
    func leafNode(encryptionKey: [UInt8], _ source: LeafNodeSource) -> LeafNode {
        LeafNode(
            encryptionKey: encryptionKey, signatureKey: self.signaturePublicKey, credential: self.credential,
            capabilities: self.capabilities, source: source, extensions: self.extensions)
    }
}
