/// What the link gives its holder, derived once. The link itself is gone then.
struct Access: Sendable {
    let instance: MeetingInstance
    let kind: LinkKind
    let fingerprint: [UInt8]
    var invite: InviteKeys
    /// What they are made of: for a state that is kept, and for whoever passes the link on.
    var inviteSecret: HeldSecret
    /// Invites that may come next.
    var offered: [OfferedInvite] = []
    /// Invites of before, the last one first; only with a host link, for nobody else tells people a newer one.
    var former: [InviteKeys] = []
    /// What a service is to be.
    let job: ServiceJob?
    /// Authority seed of a host link, ticket seed of a personal one, seed of the own leaf in a job.
    let seed: HeldSecret?
    /// Its public key.
    let seedKey: [UInt8]
    /// Opens the cards of those who wait: out of a host link, or given to a co-host.
    private(set) var lobbyKey: HeldSecret?
    /// It was given to us.
    private(set) var isLobbyKeyGiven = false

    init<Crypto: CryptoProvider>(_ link: consuming Link, instance: UInt32, _ crypto: Crypto) throws(E2EEError) {
        self.instance = MeetingInstance(meetingID: link.meetingID, number: instance)
        self.kind = link.kind
        self.fingerprint = link.authorityFingerprint
        self.invite = InviteKeys(link.invite(crypto), crypto)
        self.inviteSecret = HeldSecret(link.inviteSecretCopy())
        self.seedKey = try link.publicKey(crypto) ?? []
        self.job = link.job
        if let seed = link.seedCopy() {
            self.lobbyKey =
                link.kind == .host
                ? HeldSecret(LobbyKey.derive(authoritySeed: seed, self.instance, crypto)) : nil
            self.seed = HeldSecret(seed)
        } else {
            self.lobbyKey = nil
            self.seed = nil
        }
    }

    /// A leaf's own chain: of a host by the authority itself, of an invited person by their ticket, of a service the one that its
    /// job names, of a guest none.
    func chain<Crypto: CryptoProvider>(
        for leafKey: [UInt8], ticket: RoleCertificate?, now: EngineTime, _ crypto: Crypto
    ) throws(E2EEError) -> Chain? {
        guard let seed = self.seed else { return nil }
        let seconds = now.unixSeconds
        let serial = try crypto.randomBytes(8)
        func certificate(_ role: Role, _ rights: Rights) throws(E2EEError) -> RoleCertificate {
            try RoleCertificate(
                self.instance, issuer: self.seedKey, subject: leafKey, .leaf, role, rights,
                notBefore: seconds - min(seconds, Self.early), notAfter: seconds + Self.late, serial: serial
            ).signed(by: seed.secret, crypto)
        }
        switch self.kind {
        case .guest: return nil
        case .host: return Chain([try certificate(.host, Role.host.rightsMax)])
        case .personal:
            guard let ticket, ticket.subjectKey == self.seedKey else { return nil }
            return Chain([try certificate(.participant, ticket.rights.intersection([.enter])), ticket])
        case .service:
            guard let job = self.job, job.certificate.subjectKey == leafKey else { return nil }
            return Chain([job.certificate])
        }
    }

    /// Whether it opens nothing without a certificate.
    var needsCertificate: Bool { self.kind == .personal || self.kind == .service }

    /// The signature key of a leaf: a fresh one, or that of a job.
    func leafKey<Crypto: CryptoProvider>(_ crypto: Crypto) throws(E2EEError) -> Secret {
        guard self.job != nil, let seed = self.seed else { return try crypto.signatureKey(.ed25519) }
        return seed.secret.duplicate()
    }

    /// The key of the door, if the link gave it to us.
    var ownLobbyKey: HeldSecret? { self.isLobbyKeyGiven ? nil : self.lobbyKey }

    /// A host gave us the key of the door.
    mutating func keep(lobbyKey: HeldSecret) {
        self.lobbyKey = lobbyKey
        self.isLobbyKeyGiven = true
    }

    /// Forgets a key that was given to us. False when there was none.
    mutating func dropGivenLobbyKey() -> Bool {
        guard self.isLobbyKeyGiven else { return false }
        self.lobbyKey = nil
        self.isLobbyKeyGiven = false
        return true
    }

    /// Clocks differ: an hour back.
    static var early: UInt64 { 3_600 }
    /// A meeting lasts at most half a day.
    static var late: UInt64 { 12 * 3_600 }
}
