internal import Wire

/// What a client finds out before it comes in (`e2ee.md` 4.4, checking).
extension Engine {
    /// Begins to find the way in.
    mutating func start(now: EngineTime) {
        guard self.state == .idle else { return }
        self.enter(.checking)
        if self.line.challenge != nil { self.check(now: now) }
    }

    mutating func check(now: EngineTime) {
        guard let access = self.access else { return }
        self.line.forgetEntry()
        self.entry.retryAt = nil
        // A knock is of one connection; another one follows, if that is the way in.
        self.entry.knock = nil
        let hash = access.kind == .personal ? Labelled<Crypto>.sha256(self.crypto, access.seedKey) : []
        self.send(.get(GetFrame(.descriptors, hash: hash)), for: .descriptors)
    }

    /// The descriptors are the authority's word, and the link says who that is.
    mutating func gotDescriptors(
        _ meeting: [UInt8], _ lobby: [UInt8], _ certificate: [UInt8], now: EngineTime
    ) {
        guard self.place == nil, let access = self.access else { return }
        guard let descriptor = MeetingDescriptor(read: meeting), let door = LobbyDescriptor(read: lobby),
            descriptor.instance == self.instance, door.instance == self.instance,
            descriptor.isTrue(fingerprint: access.fingerprint, self.crypto),
            door.isSigned(by: descriptor.authorityKey, self.crypto),
            // An older one than was seen before is a server that turns back time.
            descriptor.revision >= self.descriptor?.revision ?? 0, door.revision >= self.lobbyDescriptor?.revision ?? 0
        else { return self.enter(.out(.badLink)) }
        guard descriptor.cipherSuite == MeetingProfile.suite.rawValue,
            descriptor.minClient <= self.config.clientVersion,
            // The longer keys it promises are not made here.
            !descriptor.flags.contains(.high)
        else { return self.enter(.out(.tooOld)) }
        guard descriptor.notAfter >= now.unixSeconds else { return self.enter(.out(.ended)) }
        self.descriptor = descriptor
        self.lobbyDescriptor = door
        do throws(E2EEError) {
            try self.makeIdentity(ticket: RoleCertificate(read: certificate), access, now: now)
        } catch {
            return self.enter(.out(.fault))
        }
        // A personal link is worth nothing without its certificate: it was revoked. Nor is a job whose time is over.
        guard !access.needsCertificate || self.chain?.isCurrent(now.unixSeconds) == true else {
            return self.enter(.out(.denied))
        }
        self.findWay(now: now)
    }

    /// A fresh signature key and pid, or of a service the key of its job; the same ones as long as this engine lives, so that a lost connection finds its
    /// leaf again.
    private mutating func makeIdentity(
        ticket: RoleCertificate?, _ access: Access, now: EngineTime
    ) throws(E2EEError) {
        guard self.identity == nil else { return }
        let key = try access.leafKey(self.crypto)
        let publicKey = try Labelled<Crypto>.publicKey(self.crypto, ofSeed: key)
        let chain = try access.chain(for: publicKey, ticket: ticket, now: now, self.crypto)
        let leaf = BeraadLeaf(
            self.instance, clientVersion: self.config.clientVersion, buildHash: self.config.buildHash, chain: chain,
            service: access.job?.info)
        self.identity = try MeetingGroup.identity(leaf, signatureKey: key, self.crypto)
        self.chain = chain
    }

    /// Whether our own chain makes us a host or co-host.
    var isCertified: Bool { self.chain?.role?.isCertified == true }

    /// Hosts come in by themselves, and so does whoever the door lets; everybody else knocks, and a service always does: somebody
    /// has to let it in (`e2ee.md` 4.2, J5).
    mutating func findWay(now: EngineTime) {
        guard let descriptor = self.descriptor else { return }
        self.entry.clearTry()
        self.entry.retryAt = nil
        let mayEnter = self.chain?.rights.contains(.enter) == true
        let isService = self.access?.job != nil
        if self.entry.isLinkOld || (isService && self.entry.oldKey == nil) {
            self.knock(now: now)
        } else if self.isCertified {
            self.entry.way = self.entry.oldKey == nil ? .role : .resync
            self.showChain()
        } else if let former = self.entry.former, !self.passes.isEmpty {
            self.entry.way = .reentry
            self.show(former)
        } else if self.entry.oldKey != nil {
            self.entry.way = .resync
            self.showChain()
        } else if mayEnter || descriptor.admission == .open || descriptor.admission == .members {
            self.entry.way = .invite
            self.showChain()
        } else if self.chain != nil {
            // Whoever has a personal link shows it before knocking.
            self.showChain(for: .showGuest)
        } else {
            self.knock(now: now)
        }
    }

    /// A host shows its chain before it has a leaf, so that the server gives it the tree.
    private mutating func showChain(for purpose: Line.Purpose = .showHost) {
        guard let chain = self.chain, let challenge = self.line.challenge, let identity = self.identity else {
            return self.askForGroup()
        }
        do throws(E2EEError) {
            let signature = try Labelled<Crypto>.sign(
                self.crypto, identity.signatureKey.secret, "bind", challenge)
            self.send(
                .bind(BindFrame(groupID: [], leaf: .max, chain: chain, signature: signature)), for: purpose)
        } catch {
            self.enter(.out(.fault))
        }
    }

    mutating func askForGroup() { self.send(.get(GetFrame(.groupInfo)), for: .groupInfo) }
}
