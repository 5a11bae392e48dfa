/// `crypto-basics`, and the HPKE vectors of X-Wing.
struct CryptoVectors<Crypto: CryptoProvider> {
    private let vector: VectorValue
    private let crypto: SuiteCrypto<Crypto>

    init(_ vector: VectorValue, _ provider: Crypto) throws(E2EEError) {
        self.vector = vector
        self.crypto = SuiteCrypto(suite: try vector.suite(), provider: provider)
    }

    func basics() throws(E2EEError) -> VectorOutcome {
        guard try self.reference(), try self.expand(), try self.derive(), try self.deriveTree() else { return .fails }
        guard self.crypto.isComplete else { return .skipped }
        guard try self.sign(), try self.encrypt() else { return .fails }
        return .holds
    }

    private func reference() throws(E2EEError) -> Bool {
        let part = try self.vector.value("ref_hash")
        return self.crypto.reference(try part.text("label"), try part.bytes("value")) == (try part.bytes("out"))
    }

    private func expand() throws(E2EEError) -> Bool {
        let part = try self.vector.value("expand_with_label")
        let out = self.crypto.expand(
            try part.secret("secret").secret, try part.text("label"), try part.bytes("context"),
            count: Int(truncatingIfNeeded: try part.number("length")))
        return out == (try part.secret("out").secret)
    }

    private func derive() throws(E2EEError) -> Bool {
        let part = try self.vector.value("derive_secret")
        let out = self.crypto.derive(try part.secret("secret").secret, try part.text("label"))
        return out == (try part.secret("out").secret)
    }

    private func deriveTree() throws(E2EEError) -> Bool {
        let part = try self.vector.value("derive_tree_secret")
        let out = self.crypto.deriveTree(
            try part.secret("secret").secret, try part.text("label"),
            UInt32(truncatingIfNeeded: try part.number("generation")),
            count: Int(truncatingIfNeeded: try part.number("length")))
        return out == (try part.secret("out").secret)
    }

    private func sign() throws(E2EEError) -> Bool {
        let part = try self.vector.value("sign_with_label")
        let label = try part.text("label")
        let content = try part.bytes("content")
        let publicKey = try part.bytes("pub")
        let key = try part.scalar("priv", self.crypto.suite)
        let signature = try self.crypto.sign(key.secret, label, content)
        let theirs = try part.bytes("signature")
        return self.crypto.verify(publicKey, label, content, theirs)
            && self.crypto.verify(publicKey, label, content, signature)
    }

    private func encrypt() throws(E2EEError) -> Bool {
        let part = try self.vector.value("encrypt_with_label")
        let label = try part.text("label")
        let context = try part.bytes("context")
        let key = try part.secret("priv")
        let plaintext = try part.secret("plaintext")
        let theirs = HPKECiphertext(kemOutput: try part.bytes("kem_output"), ciphertext: try part.bytes("ciphertext"))
        let ours = try self.crypto.encrypt(
            to: try part.bytes("pub"), label, context, secret: plaintext.secret)
        let theirPlaintext = try self.crypto.decrypt(key.secret, label, context, theirs)
        let ourPlaintext = try self.crypto.decrypt(key.secret, label, context, ours)
        return theirPlaintext == plaintext.secret && ourPlaintext == plaintext.secret
    }

    /// One case of HPKE with KEM 0x647A: the key pair, and with the KDF and AEAD we have also ciphertexts and exports.
    static func hpke(_ vector: VectorValue, _ provider: Crypto) throws(E2EEError) -> VectorOutcome {
        guard try vector.number("kem_id") == UInt64(KEM.xWing.rawValue) else { return .skipped }
        let kem = DHKEM(kem: .xWing, provider: provider)
        let pair = try kem.deriveKeyPair(try vector.secret("ikmR").secret)
        guard pair.bytes == (try vector.bytes("pkRm")), pair.secret == (try vector.secret("skRm").secret) else {
            return .fails
        }
        guard try vector.number("kdf_id") == 1, try vector.number("aead_id") == 3 else { return .holds }
        let hpke = HPKE(kem: .xWing, hash: .sha256, aead: .chaCha20Poly1305, provider: provider)
        let info = try vector.bytes("info")
        var context = try hpke.receiver(try vector.bytes("enc"), pair.secret, info: info.span)
        for sealed in try vector.list("encryptions") {
            let ciphertext = try sealed.bytes("ct")
            let opened = try context.open(aad: try sealed.bytes("aad"), ciphertext.span)
            guard opened == (try sealed.bytes("pt")) else { return .fails }
        }
        for exported in try vector.list("exports") {
            let secret = context.export(
                try exported.bytes("exporter_context"), count: Int(truncatingIfNeeded: try exported.number("L")))
            guard secret == (try exported.secret("exported_value").secret) else { return .fails }
        }
        return .holds
    }
}
