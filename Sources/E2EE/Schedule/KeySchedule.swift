/// The key schedule of one epoch (RFC 9420 §8).
struct KeySchedule<Crypto: CryptoProvider>: Sendable {
    let crypto: SuiteCrypto<Crypto>

    /// From the previous epoch to the joiner secret, which is what a Welcome carries.
    func joinerSecret(
        initSecret: borrowing Secret, commitSecret: borrowing Secret, _ context: GroupContext
    ) -> Secret {
        let mixed = self.crypto.extract(salt: initSecret, commitSecret)
        return self.crypto.expand(mixed, asciiBytes("joiner"), context.encoded, count: self.crypto.hashByteCount)
    }

    /// What the joiner secret becomes together with the pre-shared keys: root of everything else.
    func memberSecret(joinerSecret: borrowing Secret, pskSecret: borrowing Secret) -> Secret {
        self.crypto.extract(salt: joinerSecret, pskSecret)
    }

    /// Encrypts the GroupInfo in a Welcome.
    func welcomeSecret(memberSecret: borrowing Secret) -> Secret {
        self.crypto.derive(memberSecret, asciiBytes("welcome"))
    }

    /// All secrets of the epoch.
    func epoch(memberSecret: borrowing Secret, _ context: GroupContext) -> EpochSecrets {
        let epochSecret = self.crypto.expand(
            memberSecret, asciiBytes("epoch"), context.encoded, count: self.crypto.hashByteCount)
        return self.epoch(epochSecret: epochSecret)
    }

    /// All secrets of the epoch from its epoch secret.
    func epoch(epochSecret: borrowing Secret) -> EpochSecrets {
        EpochSecrets(
            senderData: HeldSecret(self.crypto.derive(epochSecret, asciiBytes("sender data"))),
            encryption: HeldSecret(self.crypto.derive(epochSecret, asciiBytes("encryption"))),
            exporter: HeldSecret(self.crypto.derive(epochSecret, asciiBytes("exporter"))),
            external: HeldSecret(self.crypto.derive(epochSecret, asciiBytes("external"))),
            confirmation: HeldSecret(self.crypto.derive(epochSecret, asciiBytes("confirm"))),
            membership: HeldSecret(self.crypto.derive(epochSecret, asciiBytes("membership"))),
            resumption: HeldSecret(self.crypto.derive(epochSecret, asciiBytes("resumption"))),
            authenticator: HeldSecret(self.crypto.derive(epochSecret, asciiBytes("authentication"))),
            initial: HeldSecret(self.crypto.derive(epochSecret, asciiBytes("init"))))
    }

    /// Key and nonce that encrypt the GroupInfo in a Welcome (§12.4.3.1).
    func welcomeKey(_ welcomeSecret: borrowing Secret) -> RatchetKey {
        RatchetKey(
            key: HeldSecret(
                self.crypto.expand(
                    welcomeSecret, asciiBytes("key"), [], count: self.crypto.suite.aead.keyByteCount)),
            nonce: self.crypto.expand(welcomeSecret, asciiBytes("nonce"), [], count: AEAD.nonceByteCount).span.copied())
    }

    /// MLS-Exporter (§8.5).
    func export(
        _ exporter: borrowing Secret, _ label: [UInt8], _ context: [UInt8], count: Int
    ) -> Secret {
        self.crypto.expand(
            self.crypto.derive(exporter, label), asciiBytes("exported"), self.crypto.hash(context), count: count)
    }
}
