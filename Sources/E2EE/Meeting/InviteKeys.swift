/// Everything that hangs on one invite secret (`e2ee.md` 3.1), derived once and held together. After a rotation a host
/// keeps those of the former secrets too, to read the cards of people with an old link.
package struct InviteKeys: Sendable {
    /// Stands in the policy and names the pre-shared key.
    package let identifier: [UInt8]
    package let preSharedKey: HeldSecret
    package let lobbyMAC: HeldSecret
    package let joinMAC: HeldSecret
    package let card: HeldSecret
    package let lobbyCardKey: HeldSecret

    /// The names of an invite.
    package init<Crypto: CryptoProvider>(_ invite: borrowing Invite, _ crypto: Crypto) {
        self.identifier = invite.derive(.identifier, crypto).copied()
        self.preSharedKey = HeldSecret(invite.derive(.preSharedKey, crypto))
        self.lobbyMAC = HeldSecret(invite.derive(.lobbyMAC, crypto))
        self.joinMAC = HeldSecret(invite.derive(.joinMAC, crypto))
        self.card = HeldSecret(invite.derive(.card, crypto))
        self.lobbyCardKey = HeldSecret(invite.derive(.lobbyCardKey, crypto))
    }

    /// The names of an invite secret, 16 bytes: after `InviteUpdate`.
    package init<Crypto: CryptoProvider>(
        secret: borrowing Secret, meetingID: [UInt8], fingerprint: [UInt8], _ crypto: Crypto
    ) throws(E2EEError) {
        guard secret.count == 16, meetingID.count == 16, fingerprint.count == 16 else {
            throw E2EEError(.usage, .length)
        }
        let salt = meetingID + fingerprint
        self.init(
            Invite(key: HKDF<Crypto>.extract(crypto, .sha256, salt: salt.span, material: secret.span)), crypto)
    }

    /// The key for a Commit that adds somebody (`e2ee.md` 4.2, rule P).
    package var preSharedKeys: PreSharedKeys {
        var keys = PreSharedKeys()
        keys.set(external: self.identifier, self.preSharedKey)
        return keys
    }

    /// The name of that key, with a fresh nonce.
    package func preSharedKeyID<Crypto: CryptoProvider>(_ crypto: Crypto) throws(E2EEError) -> PreSharedKeyID {
        PreSharedKeyID(name: .external(self.identifier), nonce: try crypto.randomBytes(32))
    }
}
