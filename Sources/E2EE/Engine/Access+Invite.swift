/// The invite in force, those that may follow it, and those before (`e2ee.md` 3.1, Rotation).
extension Access {
    /// Two who renew the link at once, and a few more who were late.
    static var offeredMax: Int { 4 }
    /// Links of before by which somebody at the door is still understood.
    static var formerMax: Int { 4 }

    /// Keeps a secret until the policy names it, or another one.
    mutating func offer<Crypto: CryptoProvider>(_ secret: HeldSecret, _ crypto: Crypto) throws(E2EEError) {
        let keys = try InviteKeys(
            secret: secret.secret, meetingID: self.instance.meetingID, fingerprint: self.fingerprint, crypto)
        guard keys.identifier != self.invite.identifier,
            !self.offered.contains(where: { $0.keys.identifier == keys.identifier })
        else { return }
        self.offered.append(OfferedInvite(keys: keys, secret: secret))
        if self.offered.count > Self.offeredMax { self.offered.removeFirst() }
    }

    /// It does not come into force.
    mutating func withdraw(_ identifier: [UInt8]) { self.offered.removeAll { $0.keys.identifier == identifier } }

    /// The policy names an invite: from now on it is the one in force, and what hung on the one before is gone. Only whoever
    /// reads cards at the door keeps that. False when nobody told us its secret.
    mutating func follow(_ identifier: [UInt8]) -> Bool {
        guard identifier != self.invite.identifier else { return true }
        guard let next = self.offered.first(where: { $0.keys.identifier == identifier }) else { return false }
        if self.lobbyKey != nil {
            self.former.insert(self.invite, at: 0)
            if self.former.count > Self.formerMax { self.former.removeLast() }
        }
        self.invite = next.keys
        self.inviteSecret = next.secret
        self.offered = []
        return true
    }

    /// Invites by which a knock may have been made, the one in force first.
    var invites: [InviteKeys] { [self.invite] + self.former }

    /// The fragment of the common link as it is now: what one passes on.
    func guestFragment() -> [UInt8] {
        let head = [LinkKind.guest.rawValue], secret = self.inviteSecret.secret.duplicate()
        let bytes = Secret(joining: head.span, secret.span, self.fingerprint.span)
        return Base64URL.encode(bytes.span)
    }
}
