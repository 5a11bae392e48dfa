/// A key package with its private keys: what a client keeps until somebody adds it, once.
package struct OwnKeyPackage: Sendable {
    /// To be handed out.
    package let keyPackage: KeyPackage
    let initKey: HeldSecret
    let encryptionKey: HeldSecret
    let identity: LeafIdentity

    /// A fresh key package (RFC 9420 §10).
    package init<Crypto: CryptoProvider>(
        _ suite: GroupSuite, _ identity: LeafIdentity, _ lifetime: Lifetime, extensions: [Extension] = [],
        _ provider: Crypto
    ) throws(E2EEError) {
        let crypto = SuiteCrypto(suite: suite, provider: provider)
        let initPair = try crypto.kem.generateKeyPair()
        let leafPair = try crypto.kem.generateKeyPair()
        var leafNode = identity.leafNode(encryptionKey: leafPair.bytes, .keyPackage(lifetime))
        try leafNode.sign(identity.signatureKey.secret, LeafPlace(groupID: [], leaf: 0), crypto)
        var keyPackage = KeyPackage(
            cipherSuite: suite.rawValue, initKey: initPair.bytes, leafNode: leafNode, extensions: extensions)
        try keyPackage.sign(identity.signatureKey.secret, crypto)
        self.keyPackage = keyPackage
        self.initKey = HeldSecret(initPair.secret)
        self.encryptionKey = HeldSecret(leafPair.secret)
        self.identity = identity
    }

    /// A key package whose private keys come from elsewhere; refused unless they belong to it.
    package init<Crypto: CryptoProvider>(
        _ keyPackage: KeyPackage, initKey: HeldSecret, encryptionKey: HeldSecret, signatureKey: HeldSecret,
        _ provider: Crypto
    ) throws(E2EEError) {
        guard let suite = GroupSuite(rawValue: keyPackage.cipherSuite) else { throw E2EEError(.usage, .unsupported) }
        let crypto = SuiteCrypto(suite: suite, provider: provider)
        let leafNode = keyPackage.leafNode
        self.identity = try LeafIdentity(
            suite, credential: leafNode.credential, capabilities: leafNode.capabilities,
            extensions: leafNode.extensions, signatureKey: signatureKey.secret.duplicate(), provider)
        guard try crypto.publicKey(of: initKey.secret) == keyPackage.initKey,
            try crypto.publicKey(of: encryptionKey.secret) == leafNode.encryptionKey,
            self.identity.signaturePublicKey == leafNode.signatureKey
        else { throw E2EEError(.usage, .keyPackage) }
        self.keyPackage = keyPackage
        self.initKey = initKey
        self.encryptionKey = encryptionKey
    }

    /// Its reference, by which a Welcome finds it.
    package func reference<Crypto: CryptoProvider>(_ provider: Crypto) -> [UInt8]? {
        guard let suite = GroupSuite(rawValue: self.keyPackage.cipherSuite) else { return nil }
        return self.keyPackage.reference(SuiteCrypto(suite: suite, provider: provider))
    }
}

extension KeyPackage {
    /// The rules of RFC 9420 §10.1, and that its keys can be used: one that cannot would spoil the Commit that adds its owner,
    /// and every later one. The lifetime is not among them: it is for its owner and for whoever adds it (`e2ee.md` 4.1); a
    /// Commit that comes a minute late is still the group's.
    func check(_ crypto: SuiteCrypto<some CryptoProvider>) throws(E2EEError) {
        guard self.cipherSuite == crypto.suite.rawValue, case .keyPackage = self.leafNode.source,
            self.initKey != self.leafNode.encryptionKey, ExtensionList(self.extensions).hasNoDuplicates
        else { throw E2EEError(.validation, .keyPackage) }
        guard crypto.kem.isUsable(self.initKey), crypto.kem.isUsable(self.leafNode.encryptionKey) else {
            throw E2EEError(.validation, .unusableKey)
        }
        guard self.isSigned(crypto), self.leafNode.isSigned(LeafPlace(groupID: [], leaf: 0), crypto) else {
            throw E2EEError(.validation, .signature)
        }
        try self.leafNode.checkItself(suite: self.cipherSuite)
    }

    /// Whether somebody may be added with it at this time.
    func isCurrent(_ now: UInt64) -> Bool {
        if case .keyPackage(let lifetime) = self.leafNode.source { lifetime.contains(now) } else { false }
    }
}
