/// The invite in force, those that may follow it, and those before (`e2ee.md` 3.1, Rotation).
extension Access {
    /// What one author said last, and what they said before it, if that is what their Commit names.
    static var offeredByOne: Int { 2 }
    /// Few renew a link at once; more than that are somebody's mischief, and a host's are the last to go.
    static var offeredMax: Int { 16 }
    /// Links of before by which somebody at the door is still understood.
    static var formerMax: Int { 4 }

    /// What hangs on a secret that somebody says comes next.
    func invite<Crypto: CryptoProvider>(
        of secret: HeldSecret, by author: [UInt8], isOfHost: Bool, _ crypto: Crypto
    ) throws(E2EEError) -> OfferedInvite {
        let keys = try InviteKeys(
            secret: secret.secret, meetingID: self.instance.meetingID, fingerprint: self.fingerprint, crypto)
        return OfferedInvite(keys: keys, secret: secret, author: author, isOfHost: isOfHost)
    }

    /// Keeps an invite until the policy names it, or another one. Whoever offers many pushes out their own: not those of
    /// somebody else, and never a host's.
    mutating func offer(_ invite: OfferedInvite) {
        guard invite.keys.identifier != self.invite.identifier,
            // The same by somebody else stays beside it, for that one may be pushed out.
            !self.offered.contains(where: {
                $0.keys.identifier == invite.keys.identifier && $0.author == invite.author
            })
        else { return }
        if self.offered.count(where: { $0.author == invite.author }) >= Self.offeredByOne,
            let oldest = self.offered.firstIndex(where: { $0.author == invite.author })
        {
            self.offered.remove(at: oldest)
        }
        if self.offered.count >= Self.offeredMax {
            guard let oldest = self.offered.firstIndex(where: { !$0.isOfHost }) ?? (invite.isOfHost ? 0 : nil) else {
                return
            }
            self.offered.remove(at: oldest)
        }
        self.offered.append(invite)
    }

    /// It does not come into force.
    mutating func withdraw(_ identifier: [UInt8]) { self.offered.removeAll { $0.keys.identifier == identifier } }

    /// The policy names an invite: from now on it is the one in force, and what hung on the one before is gone. Only whoever
    /// tells people at the door of the new one keeps that. `own` is one of our making. False when nobody told us its secret.
    mutating func follow(_ identifier: [UInt8], own: OfferedInvite? = nil) -> Bool {
        guard identifier != self.invite.identifier else { return true }
        let known = self.offered + (own.map { [$0] } ?? [])
        guard let next = known.first(where: { $0.keys.identifier == identifier }) else { return false }
        if self.ownLobbyKey != nil {
            // One that comes back takes nobody else's room.
            self.former.removeAll { $0.identifier == identifier }
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
