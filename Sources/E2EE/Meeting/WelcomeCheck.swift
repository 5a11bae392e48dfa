/// Whether a waiting person may follow a Welcome (`e2ee.md` 9): anybody who has the public key package can make one, so the
/// proof is the invite's key in it, and who signed.
package enum WelcomeCheck {
    /// Opens a Welcome far enough to see its GroupInfo. It must mix in exactly the invite's pre-shared key.
    package static func info<Crypto: CryptoProvider>(
        _ welcome: Welcome, _ own: OwnKeyPackage, _ invite: InviteKeys, _ crypto: Crypto
    ) throws(E2EEError) -> GroupInfo {
        guard welcome.cipherSuite == MeetingProfile.suite.rawValue else { throw E2EEError(.validation, .unsupported) }
        let suite = SuiteCrypto(suite: MeetingProfile.suite, provider: crypto)
        let opener = WelcomeOpener(crypto: suite)
        let secrets = try opener.secrets(welcome, for: own.keyPackage, initKey: own.initKey.secret)
        guard secrets.psks.map({ $0.name }) == [.external(invite.identifier)], let id = secrets.psks.first,
            id.nonce.count == 32, secrets.joinerSecret.secret.count == suite.hashByteCount
        else { throw E2EEError(.validation, .preSharedKey) }
        let psk = try PSKSecret(crypto: suite).combine([
            PSKSecret<Crypto>.Input(id: id, key: invite.preSharedKey)
        ])
        let member = KeySchedule(crypto: suite).memberSecret(
            joinerSecret: secrets.joinerSecret.secret, pskSecret: psk)
        return try opener.groupInfo(welcome, memberSecret: member)
    }

    /// Whether its signer may let people in: somebody with `admit`, or any leaf while the door is open. `epoch` is the one
    /// the GroupInfo describes.
    package static func mayAdmit<Crypto: CryptoProvider>(
        signer: UInt32, _ epoch: MeetingEpoch, _ crypto: Crypto
    ) -> Bool {
        guard let occupant = epoch.occupant(signer) else { return false }
        switch epoch.policy.admission {
        case .open, .members:
            // A group without a host is one where somebody has to open, unless the authority said otherwise: its policy is
            // the word of whoever made it.
            let standings = Standings(epoch, crypto)
            return !standings.isUnhosted || epoch.policy.descriptor.flags.contains(.unhostedOpen)
                || standings.standing(of: occupant).rights.contains(.admit)
        case .waiting, .closed: return Standings(epoch, crypto).standing(of: occupant).rights.contains(.admit)
        }
    }
}
