extension Access {
    /// What a kept state gives without the link: everything but the seed that a host's or a personal link has.
    private init<Crypto: CryptoProvider>(_ saved: SavedState, _ crypto: Crypto) throws(E2EEError) {
        self.instance = saved.instance
        self.kind = .guest
        self.fingerprint = saved.fingerprint
        self.inviteSecret = saved.inviteSecret
        self.invite = try InviteKeys(saved, crypto)
        self.job = nil
        self.seed = nil
        self.seedKey = []
    }

    /// What a kept state gives, and a link to the same meeting beside it. The invite in force is that of the state: it may
    /// have changed since the link was made.
    static func restored<Crypto: CryptoProvider>(
        _ saved: SavedState, _ link: consuming Link?, _ crypto: Crypto
    ) throws(E2EEError) -> Access {
        guard let link = consume link else { return try Access(saved, crypto) }
        var access = try Access(link, instance: saved.instance.number, crypto)
        guard access.instance == saved.instance, access.fingerprint == saved.fingerprint else {
            throw E2EEError(.validation, .wrongGroup)
        }
        access.inviteSecret = saved.inviteSecret
        access.invite = try InviteKeys(saved, crypto)
        return access
    }
}

extension InviteKeys {
    fileprivate init<Crypto: CryptoProvider>(_ saved: SavedState, _ crypto: Crypto) throws(E2EEError) {
        try self.init(
            secret: saved.inviteSecret.secret, meetingID: saved.instance.meetingID, fingerprint: saved.fingerprint,
            crypto)
    }
}
