internal import Wire

/// The waiting room, without its words (`e2ee.md` 9): commit, answer, reveal.
package enum Lobby {
    /// H("lobby commit", nonce_J)
    package static func commitment<Crypto: CryptoProvider>(of nonce: [UInt8], _ crypto: Crypto) -> [UInt8] {
        Labelled<Crypto>.hash(crypto, "lobby commit", nonce)
    }

    private static func context<Crypto: CryptoProvider>(
        _ keyPackage: [UInt8], _ invite: InviteKeys, _ crypto: Crypto
    ) -> Secret {
        let hash = Labelled<Crypto>.hash(crypto, "lobby kp", keyPackage)
        return Secret(joining: hash.span, invite.lobbyCardKey.secret)
    }

    /// A knock by whoever holds the link. `nonce` stays secret until the answer came.
    package static func request<Crypto: CryptoProvider>(
        _ keyPackage: KeyPackage, _ card: LobbyCard, nonce: [UInt8], pass: ReentryPass? = nil,
        _ lobby: LobbyDescriptor, _ invite: InviteKeys, _ crypto: Crypto
    ) throws(E2EEError) -> LobbyRequest {
        let plaintext = card.encoded
        guard LobbyCard.byteCounts.contains(plaintext.count) else { throw E2EEError(.usage, .tooLong) }
        let package = keyPackage.encoded
        let context = self.context(package, invite, crypto)
        let sealed = try Labelled<Crypto>.seal(crypto, to: lobby.lobbyKey, "lobby card", context.span, plaintext)
        var request = LobbyRequest(
            lobby.instance, keyPackage: package, commitment: self.commitment(of: nonce, crypto),
            pass: pass?.encoded ?? [], card: sealed)
        request.mac = Labelled<Crypto>.mac(crypto, invite.lobbyMAC.secret, request.beforeMAC)
        return request
    }

    /// Opens a knock with the current invite's keys, which stand first, or with former ones.
    package static func open<Crypto: CryptoProvider>(
        _ request: LobbyRequest, _ invites: [InviteKeys], lobbyKey: borrowing Secret, _ instance: MeetingInstance,
        _ crypto: Crypto
    ) throws(E2EEError) -> LobbyKnock {
        guard request.instance == instance else { throw E2EEError(.validation, .wrongGroup) }
        let keyPackage = try KeyPackage(decoding: request.keyPackage)
        try keyPackage.check(SuiteCrypto(suite: .xWing, provider: crypto))
        let pass = request.pass.isEmpty ? nil : try ReentryPass(decoding: request.pass)
        var failure = E2EEError(.crypto, .authentication)
        for (index, invite) in invites.enumerated() {
            let plaintext: Secret
            do throws(E2EEError) {
                let context = self.context(request.keyPackage, invite, crypto)
                plaintext = try Labelled<Crypto>.open(crypto, lobbyKey, "lobby card", context.span, request.card)
            } catch {
                failure = error
                continue
            }
            let mac = Labelled<Crypto>.mac(crypto, invite.lobbyMAC.secret, request.beforeMAC)
            return LobbyKnock(
                card: try LobbyCard(decoding: plaintext.copied()), keyPackage: keyPackage, pass: pass,
                secretIndex: index, isFromLink: equalInConstantTime(mac, request.mac))
        }
        throw failure
    }

    /// Seals a signed note to whoever sent the request.
    package static func seal<Crypto: CryptoProvider>(
        _ note: LobbyNote, to request: LobbyRequest, _ crypto: Crypto
    ) throws(E2EEError) -> HPKECiphertext {
        let key = try KeyPackage(decoding: request.keyPackage).leafNode.encryptionKey
        var plaintext = note.encoded
        let sealed = try Labelled<Crypto>.seal(crypto, to: key, "lobby note", request.hash(crypto).span, plaintext)
        plaintext.wipe()
        return sealed
    }

    /// Opens a note about our own request; its issuer must be somebody who may admit.
    package static func open<Crypto: CryptoProvider>(
        _ note: HPKECiphertext, to request: LobbyRequest, _ own: OwnKeyPackage, _ rule: ChainRule<Crypto>
    ) throws(E2EEError) -> LobbyNote {
        let plaintext = try Labelled<Crypto>.open(
            rule.crypto, own.encryptionKey.secret, "lobby note", request.hash(rule.crypto).span, note)
        let note = try LobbyNote(decoding: plaintext)
        guard let signer = note.issuer.subjectKey, note.issuer.rights.contains(.admit),
            rule.isValid(note.issuer, for: signer), note.isSigned(by: signer, rule.crypto)
        else { throw E2EEError(.validation, .signature) }
        return note
    }
}
