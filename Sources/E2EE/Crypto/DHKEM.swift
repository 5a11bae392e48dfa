/// The Diffie-Hellman KEMs of RFC 9180 §4.1 and the key derivation of every KEM, over the provider's curves.
struct DHKEM<Crypto: CryptoProvider>: Sendable {
    let kem: KEM
    let provider: Crypto

    /// DeriveKeyPair (RFC 9180 §7.1.3; for X-Wing draft-ietf-hpke-pq, `e2ee.md` 4.1).
    func deriveKeyPair(_ material: borrowing Secret) throws(E2EEError) -> SecretPair {
        switch self.kem {
        case .xWing: try self.pair(self.xWingSeed(material))
        case .x25519, .x448:
            try self.pair(
                self.labels.expand(
                    self.labels.extract("dkp_prk", material.span), "sk", [],
                    count: self.kem.privateKeyByteCount))
        case .p256, .p384, .p521: try self.scalar(material)
        }
    }

    /// A fresh key pair.
    func generateKeyPair() throws(E2EEError) -> SecretPair {
        if self.kem == .xWing { return try self.pair(try self.provider.randomSecret(32)) }
        return try self.deriveKeyPair(try self.provider.randomSecret(self.kem.privateKeyByteCount))
    }

    /// Encap: a shared secret and what carries it.
    func encapsulate(to publicKey: [UInt8]) throws(E2EEError) -> SecretPair {
        if self.kem == .xWing { return try self.provider.encapsulateXWing(to: publicKey.span) }
        let ephemeral = try self.generateKeyPair()
        let agreed = try self.provider.agree(self.kem, ephemeral.secret.span, with: publicKey.span)
        return SecretPair(
            secret: self.extractAndExpand(agreed, context: ephemeral.bytes + publicKey), bytes: ephemeral.bytes)
    }

    /// Decap: the shared secret that `encapsulated` carries.
    func decapsulate(_ encapsulated: [UInt8], _ key: borrowing Secret) throws(E2EEError) -> Secret {
        if self.kem == .xWing { return try self.provider.decapsulateXWing(encapsulated.span, key.span) }
        let agreed = try self.provider.agree(self.kem, key.span, with: encapsulated.span)
        let publicKey = try self.provider.publicKey(self.kem, of: key.span)
        return self.extractAndExpand(agreed, context: encapsulated + publicKey)
    }

    private var labels: HPKELabels<Crypto> {
        HPKELabels(
            suiteID: asciiBytes("KEM") + bigEndian(self.kem.rawValue), hash: self.kem.hash, provider: self.provider)
    }

    private func pair(_ key: consuming Secret) throws(E2EEError) -> SecretPair {
        let publicKey = try self.provider.publicKey(self.kem, of: key.span)
        return SecretPair(secret: key, bytes: publicKey)
    }

    private func extractAndExpand(_ agreed: borrowing Secret, context: [UInt8]) -> Secret {
        let key = self.labels.extract("eae_prk", agreed.span)
        return self.labels.expand(key, "shared_secret", context, count: self.kem.hash.byteCount)
    }

    /// Candidates until one lies in the group's order; for the curves here the first one does but in one of 2^32 cases.
    private func scalar(_ material: borrowing Secret) throws(E2EEError) -> SecretPair {
        let key = self.labels.extract("dkp_prk", material.span)
        for counter in UInt8.min...UInt8.max {
            let candidate = self.labels.expand(key, "candidate", [counter], count: self.kem.privateKeyByteCount)
            var bytes = candidate.span.copied()
            defer { bytes.wipe() }
            if self.kem == .p521 { bytes[0] &= 0x01 }
            // The provider throws on zero and on what is not below the order: exactly what is to be skipped.
            guard let publicKey = try? self.provider.publicKey(self.kem, of: bytes.span) else { continue }
            return SecretPair(secret: Secret(copying: bytes.span), bytes: publicKey)
        }
        throw E2EEError(.crypto, .primitive)
    }

    private func xWingSeed(_ material: borrowing Secret) -> Secret {
        let label =
            asciiBytes("HPKE-v1") + asciiBytes("KEM") + bigEndian(KEM.xWing.rawValue)
            + [0x00, 0x0D] + asciiBytes("DeriveKeyPair") + [0x00, 0x20]
        let input = Secret(joining: material.span, label.span)
        return Keccak.shake256(input.span, count: 32)
    }
}

/// The two bytes of a number, the first the most significant.
func bigEndian(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }
