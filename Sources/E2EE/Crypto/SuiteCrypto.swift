internal import Wire

/// A suite at work: the labelled functions of RFC 9420 §5.1 and §5.2 over a provider. Labels get `MLS 1.0 ` before them.
struct SuiteCrypto<Crypto: CryptoProvider>: Sendable {
    let suite: GroupSuite
    let provider: Crypto

    /// Whether signatures and encryption exist here, and not just the hashes.
    var isComplete: Bool { Crypto.has(self.suite) }

    /// KDF.Nh: bytes of a digest, and of most secrets.
    var hashByteCount: Int { self.suite.hash.byteCount }

    /// Hash
    func hash(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: self.hashByteCount)
        var out = digest.mutableSpan
        self.provider.hash(self.suite.hash, bytes.span, &out)
        return digest
    }

    /// MAC, which is HMAC in every suite.
    func mac(_ key: borrowing Secret, _ message: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: self.hashByteCount)
        var out = digest.mutableSpan
        self.provider.hmac(self.suite.hash, key: key.span, message.span, &out)
        return digest
    }

    /// RefHash (§5.2).
    func reference(_ label: [UInt8], _ value: [UInt8]) -> [UInt8] {
        self.hash(RefHashInput(label: label, value: value).encoded)
    }

    /// KDF.Extract
    func extract(salt: borrowing Secret, _ material: borrowing Secret) -> Secret {
        HKDF<Crypto>.extract(self.provider, self.suite.hash, salt: salt.span, material: material.span)
    }

    /// Nh zeros.
    var zeros: Secret { Secret(count: self.hashByteCount) { (_: inout MutableSpan<UInt8>) in } }

    /// ExpandWithLabel (§8).
    func expand(_ secret: borrowing Secret, _ label: [UInt8], _ context: [UInt8], count: Int) -> Secret {
        let info = KDFLabel(length: UInt16(truncatingIfNeeded: count), label: Self.full(label), context: context)
            .encoded
        return HKDF<Crypto>.expand(self.provider, self.suite.hash, key: secret, info: info, count: count)
    }

    /// DeriveSecret (§8).
    func derive(_ secret: borrowing Secret, _ label: [UInt8]) -> Secret {
        self.expand(secret, label, [], count: self.hashByteCount)
    }

    /// DeriveTreeSecret (§9).
    func deriveTree(_ secret: borrowing Secret, _ label: [UInt8], _ generation: UInt32, count: Int) -> Secret {
        var context = ByteWriter()
        context.u32(generation)
        return self.expand(secret, label, context.bytes, count: count)
    }

    /// SignWithLabel (§5.1.2).
    func sign(_ key: borrowing Secret, _ label: [UInt8], _ content: [UInt8]) throws(E2EEError) -> [UInt8] {
        let message = SignContent(label: Self.full(label), content: content).encoded
        return try self.provider.sign(self.suite.signature, key.span, message.span)
    }

    /// VerifyWithLabel (§5.1.2). Every signature of the group and of the meeting is verified here, and so here is where a key
    /// that is nobody's is refused: the providers look at its length only.
    func verify(_ publicKey: [UInt8], _ label: [UInt8], _ content: [UInt8], _ signature: [UInt8]) -> Bool {
        guard self.suite.signature != .ed25519 || PublicKeyForm.isEd25519(publicKey.span) else { return false }
        let message = SignContent(label: Self.full(label), content: content).encoded
        return self.provider.verify(self.suite.signature, publicKey.span, message.span, signature.span)
    }

    /// The suite's AEAD.
    func seal(
        _ key: borrowing Secret, nonce: [UInt8], aad: [UInt8], _ plaintext: [UInt8]
    ) throws(E2EEError) -> [UInt8] {
        try self.provider.seal(self.suite.aead, key: key.span, nonce: nonce.span, aad: aad.span, plaintext.span)
    }

    /// The suite's AEAD.
    func open(
        _ key: borrowing Secret, nonce: [UInt8], aad: [UInt8], _ ciphertext: [UInt8]
    ) throws(E2EEError) -> [UInt8] {
        try self.provider.open(self.suite.aead, key: key.span, nonce: nonce.span, aad: aad.span, ciphertext.span)
    }

    /// The suite's HPKE.
    var hpke: HPKE<Crypto> {
        HPKE(kem: self.suite.kem, hash: self.suite.hash, aead: self.suite.aead, provider: self.provider)
    }

    /// The suite's KEM.
    var kem: DHKEM<Crypto> { DHKEM(kem: self.suite.kem, provider: self.provider) }

    /// EncryptWithLabel (§5.1.3).
    func encrypt(
        to publicKey: [UInt8], _ label: [UInt8], _ context: Span<UInt8>, _ plaintext: Span<UInt8>
    ) throws(E2EEError) -> HPKECiphertext {
        let info = EncryptContext.info(Self.full(label), context)
        var sender = try self.hpke.sender(to: publicKey, info: info.span)
        let ciphertext = try sender.context.seal(aad: [], plaintext)
        return HPKECiphertext(kemOutput: sender.encapsulated, ciphertext: ciphertext)
    }

    /// EncryptWithLabel of a secret.
    func encrypt(
        to publicKey: [UInt8], _ label: [UInt8], _ context: [UInt8], secret: borrowing Secret
    ) throws(E2EEError) -> HPKECiphertext {
        try self.encrypt(to: publicKey, label, context.span, secret.span)
    }

    /// DecryptWithLabel of what was bound to something everybody may see.
    func decrypt(
        _ key: borrowing Secret, _ label: [UInt8], _ context: [UInt8], _ ciphertext: HPKECiphertext
    ) throws(E2EEError) -> Secret {
        try self.decrypt(key, label, context.span, ciphertext)
    }

    /// The public key of a private key of the suite's KEM.
    func publicKey(of key: borrowing Secret) throws(E2EEError) -> [UInt8] {
        try self.provider.publicKey(self.suite.kem, of: key.span)
    }

    /// The public key of a private key of the suite's signature scheme.
    func signaturePublicKey(of key: borrowing Secret) throws(E2EEError) -> [UInt8] {
        try self.provider.publicKey(self.suite.signature, of: key.span)
    }

    /// DecryptWithLabel (§5.1.3).
    func decrypt(
        _ key: borrowing Secret, _ label: [UInt8], _ context: Span<UInt8>, _ ciphertext: HPKECiphertext
    ) throws(E2EEError) -> Secret {
        let info = EncryptContext.info(Self.full(label), context)
        var receiver = try self.hpke.receiver(ciphertext.kemOutput, key, info: info.span)
        var plaintext = try receiver.open(aad: [], ciphertext.ciphertext.span)
        let secret = Secret(copying: plaintext.span)
        plaintext.wipe()
        return secret
    }

    private static func full(_ label: [UInt8]) -> [UInt8] { asciiBytes("MLS 1.0 ") + label }
}
