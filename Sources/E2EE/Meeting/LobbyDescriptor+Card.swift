internal import Wire

/// The sealed card in it.
extension LobbyDescriptor {
    private static func aad(_ instance: MeetingInstance, _ revision: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        instance.write(to: &writer)
        writer.u32(revision)
        return writer.bytes
    }

    /// Seals `card` under the link, with a fresh nonce; the result is unsigned.
    package static func sealing<Crypto: CryptoProvider>(
        _ card: MeetingCard, _ instance: MeetingInstance, revision: UInt32, lobbyKey: [UInt8], _ invite: InviteKeys,
        _ crypto: Crypto
    ) throws(E2EEError) -> LobbyDescriptor {
        // Its own reader would refuse a text that is too long, so it is refused here.
        _ = try MeetingCard(padded: card.padded)
        let nonce = try crypto.randomBytes(12)
        let plaintext = card.padded
        let aad = Self.aad(instance, revision)
        let sealed = try Labelled<Crypto>.sealCard(
            crypto, invite.card.secret, nonce: nonce, aad: aad, plaintext)
        return LobbyDescriptor(instance, revision: revision, lobbyKey: lobbyKey, cardNonce: nonce, card: sealed)
    }

    /// The card, for a holder of the link.
    package func meetingCard<Crypto: CryptoProvider>(
        _ invite: InviteKeys, _ crypto: Crypto
    ) throws(E2EEError) -> MeetingCard {
        let aad = Self.aad(self.instance, self.revision)
        return try MeetingCard(
            padded: try Labelled<Crypto>.openCard(
                crypto, invite.card.secret, nonce: self.cardNonce, aad: aad, self.card))
    }
}
