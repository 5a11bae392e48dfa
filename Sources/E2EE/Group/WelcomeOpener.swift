/// Opens the two layers of a Welcome (RFC 9420 §12.4.3.1).
struct WelcomeOpener<Crypto: CryptoProvider>: Sendable {
    let crypto: SuiteCrypto<Crypto>

    /// The secrets for the owner of `keyPackage`.
    func secrets(
        _ welcome: Welcome, for keyPackage: KeyPackage, initKey: borrowing Secret
    ) throws(E2EEError) -> GroupSecrets {
        guard welcome.cipherSuite == self.crypto.suite.rawValue, keyPackage.cipherSuite == welcome.cipherSuite else {
            throw E2EEError(.validation, .unsupported)
        }
        let reference = keyPackage.reference(self.crypto)
        guard let entry = welcome.secrets.first(where: { $0.newMember == reference }) else {
            throw E2EEError(.validation, .unknown)
        }
        let plaintext = try self.crypto.decrypt(
            initKey, asciiBytes("Welcome"), welcome.encryptedGroupInfo, entry.encryptedGroupSecrets)
        return try GroupSecrets(decoding: plaintext)
    }

    /// The GroupInfo inside.
    func groupInfo(_ welcome: Welcome, memberSecret: borrowing Secret) throws(E2EEError) -> GroupInfo {
        let schedule = KeySchedule(crypto: self.crypto)
        let key = schedule.welcomeKey(schedule.welcomeSecret(memberSecret: memberSecret))
        return try GroupInfo(
            decoding: try self.crypto.open(key.key.secret, nonce: key.nonce, aad: [], welcome.encryptedGroupInfo))
    }
}
