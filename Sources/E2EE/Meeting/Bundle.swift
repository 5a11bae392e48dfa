package import Wire

/// What a host's device hands to another device of the host, or of a named co-host, sealed to it (`e2ee.md` 3.2).
package struct Bundle: SelfSigned, Sendable {
    package var instance: MeetingInstance
    /// 32 bytes, or nothing for a co-host.
    package var authoritySeed: HeldSecret?
    /// 16 bytes.
    package var inviteSecret: HeldSecret
    package var sealer: Chain
    package var signature: [UInt8] = []

    package static var signingLabel: StaticString { "bundle" }

    /// Unsigned, from its fields.
    package init(
        _ instance: MeetingInstance, authoritySeed: HeldSecret?, inviteSecret: HeldSecret, sealer: Chain
    ) {
        self.instance = instance
        self.authoritySeed = authoritySeed
        self.inviteSecret = inviteSecret
        self.sealer = sealer
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        try reader.formatOne()
        self.instance = try MeetingInstance(reading: &reader)
        let seed = try reader.opaque(max: 32)
        guard seed.isEmpty || seed.count == 32 else { throw .illegalValue }
        self.authoritySeed = seed.isEmpty ? nil : HeldSecret(Secret(copying: seed.span))
        let invite = try reader.array(16)
        self.inviteSecret = HeldSecret(Secret(copying: invite.span))
        self.sealer = try Chain(reading: &reader)
        self.signature = try reader.signature()
    }

    /// Everything before the signature, the secrets in the open: only for what is sealed or signed at once.
    package func writeUnsigned(to writer: inout ByteWriter) {
        writer.u8(1)
        self.instance.write(to: &writer)
        writer.vector(self.authoritySeed?.secret.copied() ?? [])
        writer.append(self.inviteSecret.secret.copied())
        self.sealer.write(to: &writer)
    }
}

extension Bundle {
    /// Seals the signed bundle to a device that its sealer has cross-signed.
    package func sealed<Crypto: CryptoProvider>(
        to boxKey: [UInt8], _ crypto: Crypto
    ) throws(E2EEError) -> HPKECiphertext {
        var plaintext = self.encoded
        let sealed = try Labelled<Crypto>.seal(crypto, to: boxKey, "bundle", self.instance.meetingID.span, plaintext)
        plaintext.wipe()
        return sealed
    }

    /// Opens a bundle for a device. One with a seed is believed only from a cross-signed device of the same person, which
    /// the caller checks by `isFromOwnDevice`, and only if the seed is the authority's; one without a seed only if its
    /// chain is a host's or co-host's under the authority of the link that the device holds.
    package static func open<Crypto: CryptoProvider>(
        _ ciphertext: HPKECiphertext, _ boxKey: borrowing Secret, _ rule: ChainRule<Crypto>, isFromOwnDevice: Bool
    ) throws(E2EEError) -> Bundle {
        let plaintext = try Labelled<Crypto>.open(
            rule.crypto, boxKey, "bundle", rule.instance.meetingID.span, ciphertext)
        let bundle = try Bundle(decoding: plaintext)
        guard bundle.instance == rule.instance, let signer = bundle.sealer.subjectKey,
            bundle.isSigned(by: signer, rule.crypto), bundle.sealer.role?.isCertified == true,
            rule.isValid(bundle.sealer, for: signer)
        else { throw E2EEError(.validation, .signature) }
        if let seed = bundle.authoritySeed {
            let key = try Labelled<Crypto>.publicKey(rule.crypto, ofSeed: seed.secret)
            guard isFromOwnDevice, key == rule.authorityKey else { throw E2EEError(.validation, .sender) }
        }
        return bundle
    }
}
