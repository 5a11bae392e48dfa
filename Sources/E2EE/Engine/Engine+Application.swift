internal import Wire

/// Messages inside the group (`e2ee.md` 8).
extension Engine {
    /// Says something, if the gate allows it.
    @discardableResult
    mutating func say(
        _ kind: AppMessage.Kind, _ body: [UInt8], to leaves: [UInt32] = [], for purpose: Line.Purpose? = nil,
        now: EngineTime
    ) -> Bool {
        guard let id = try? self.crypto.randomBytes(16) else {  // without one nobody could tell it from another
            self.report(.app)
            return false
        }
        let message = AppMessage(kind: kind, id: id, sentMilliseconds: now.unix, body: body)
        return self.say(message, to: leaves, for: purpose ?? (kind == .profile ? .profile : .app), now: now)
    }

    /// Says something under an id that it has already.
    mutating func say(
        _ message: AppMessage, to leaves: [UInt32], for purpose: Line.Purpose, now: EngineTime
    ) -> Bool {
        let gate = self.gate(now: now)
        // An InviteUpdate asks for a sign of another host that is fresh, where there is one (`e2ee.md` 8).
        // Whoever stands in waits for no other successor.
        let isFirst = self.place.map { $0.proofSet.isEmpty || $0.own.isActing } ?? false
        let isFresh = isFirst || self.proof.isFresh(at: now.monotonic)
        guard gate.maySend(kind: message.kind.rawValue, hasFreshProof: isFresh), !self.isReplaying else {
            return false
        }
        do throws(E2EEError) {
            var encoded = message.encoded
            defer { encoded.wipe() }
            guard encoded.count <= AppMessage.byteCountMax, let sealed = try self.group?.seal(encoded) else {
                return false
            }
            let bytes = sealed.encoded
            if case .letter(let number) = purpose, leaves.isEmpty, message.kind.keeping != .fleeting {
                self.outbox.sealed(number, as: Outbox.mark(bytes))
            }
            self.send(
                .app(AppFrame(message: bytes, deliverTo: leaves, keeping: message.kind.keeping)), for: purpose)
            return true
        } catch {
            self.report(.app)
            return false
        }
    }

    /// Something a member said. The author is the leaf that signed. A kind of a later version is nothing to us.
    mutating func heard(_ bytes: [UInt8], from leaf: UInt32, now: EngineTime) {
        guard let place = self.place, let key = place.key(of: leaf) else { return }
        guard var message = AppMessage(read: bytes) else { return self.report(.app, leaf: leaf) }
        guard self.people.isNew(message.id, from: key) else { return }
        self.people.heard(key, at: now.monotonic)
        switch message.kind {
        case .beacon: self.proved(message.body, by: leaf, key, place, now: now)
        case .profile:
            guard let profile = SignedProfile(read: message.body) else { return self.report(.app, leaf: leaf) }
            self.learn([profile], from: leaf, place)
        case .roster:
            guard let roster = RosterBody(read: message.body) else { return self.report(.app, leaf: leaf) }
            self.learn(roster.profiles, from: leaf, place)
        case .inviteUpdate:
            self.gotInvite(message.body, by: leaf, place)
            message.wipe()
        case .passes: self.gotPasses(message.body, by: leaf, place)
        case .challenge: self.gotChallenge(message.body, by: leaf, key, place)
        case .response: self.gotResponse(message.body, by: leaf, key, place, now: now)
        case .compareStart, .compareNonce, .compareReveal:
            self.compared(message, by: leaf, place, now: now)
        case .direct: self.gotDirect(message.body, by: leaf, key, place, now: now)
        case .consent: self.gotConsent(message.body, by: leaf, key, place)
        default: if Saying.isOne(message.kind) { self.hear(message, by: leaf, key, isAlone: false, place, now: now) }
        }
    }

    // MARK: Profiles

    /// Names count that the owner of a leaf signed for this group. Of people who went meanwhile they are forgotten; any
    /// other one is a forgery, and whoever passed it on is named. Whoever has another name where nobody may take one keeps the
    /// first, and no more comes of it: it may be from a time when they might, and somebody else did not hear it then.
    private mutating func learn(_ profiles: [SignedProfile], from leaf: UInt32, _ place: Place<Crypto>) {
        var isWrong = false
        for profile in profiles {
            guard let owner = place.occupant(withKey: profile.leafKey) else { continue }
            guard profile.groupID == place.groupID, profile.isSigned(by: profile.leafKey, self.crypto) else {
                isWrong = true
                continue
            }
            guard self.people.keepsName(profile) || place.lets(owner.index, .rename) else { continue }
            self.people.learn(profile)
        }
        if isWrong { self.report(.app, leaf: leaf) }
    }

    /// Takes another name, where that is allowed.
    mutating func rename(_ name: [UInt8], now: EngineTime) {
        let command = EngineCommand.rename(name)
        guard !name.isEmpty, name.count <= EngineCommand.nameByteCountMax, isText(name) else {
            return self.tell(.refused(command))
        }
        // Nobody but hosts has seen a name yet: what the others will see is free.
        if self.place == nil, self.state == .checking || self.state == .knocking {
            self.config.shownName = name
            return
        }
        guard self.isGateOpen(now: now), let place = self.place, place.lets(place.ownLeaf, .rename),
            let identity = self.identity
        else { return self.tell(.refused(command)) }
        self.becomeKnown(as: name)
        guard let known = self.people[identity.signaturePublicKey] else { return }  // nobody heard another one yet
        guard self.learnOwn(name, after: known, identity) else { return self.tell(.refused(command)) }
        self.sendProfile(now: now)
    }

    /// Whoever comes back under the same key is called so as well, by everybody.
    private mutating func becomeKnown(as name: [UInt8]) {
        self.config.name = name
        self.config.shownName = nil
    }

    /// A new profile of ours, which nobody was told yet.
    private mutating func learnOwn(_ name: [UInt8], after known: SignedProfile, _ identity: LeafIdentity) -> Bool {
        guard known.revision < UInt32.max else { return false }
        var profile = known
        profile.revision += 1
        profile.name = name
        do throws(E2EEError) {
            try profile.sign(identity.signatureKey.secret, self.crypto)
        } catch {
            self.report(.signature)
            return false
        }
        self.people.learn(profile)
        self.people.isOwnSent = false
        return true
    }

    /// A name that the service did not take while one might have another is nobody's: the others would keep the one before.
    private mutating func dropLateName(_ place: Place<Crypto>, _ identity: LeafIdentity) {
        guard !self.people.isOwnSent, !place.lets(place.ownLeaf, .rename), let taken = self.people.ownTaken,
            let known = self.people[identity.signaturePublicKey], known.name != taken.name,
            self.learnOwn(taken.name, after: known, identity)
        else { return }
        self.becomeKnown(as: taken.name)
        self.tell(.refused(.rename(known.name)))
    }

    /// Tells the others our name, once the gate is open for the first time.
    mutating func sendProfile(now: EngineTime) {
        guard self.state == .live, let place = self.place, let identity = self.identity else { return }
        let own = identity.signaturePublicKey
        if self.people[own] == nil {
            var profile = SignedProfile(
                leaf: own, groupID: place.groupID, revision: 0, name: self.config.shownName ?? self.config.name,
                language: self.config.language)
            do throws(E2EEError) {
                try profile.sign(identity.signatureKey.secret, self.crypto)
            } catch {
                return self.report(.signature)
            }
            self.people.learn(profile)
        }
        self.dropLateName(place, identity)
        guard !self.people.isOwnSent, now.monotonic >= self.people.ownAgainAt, let profile = self.people[own],
            self.line.isBound
        else { return }
        self.people.isOwnSent = self.say(.profile, profile.encoded, now: now)
        if self.people.isOwnSent { self.people.ownSaid = profile }
    }

    /// Whoever let people in tells them who is there; each name is signed by its owner. Where a service is in it could read that
    /// too, whomever it is meant for: there everybody tells their own name, once they may.
    mutating func tellNewcomers(_ report: CommitReport, hadService: Bool, now: EngineTime) {
        guard let place = self.place else { return }
        let people = report.added.filter { place.meeting.occupant($0)?.isService == false }
        guard !people.isEmpty else { return }
        // The one who let people in may not have been heard by a service that went in the same step.
        guard report.sender.type == .member, place.services.isEmpty, !hadService else {
            // So they do where somebody came by an own Commit.
            self.people.isOwnSent = false
            return
        }
        guard report.committer == place.ownLeaf else { return }
        let profiles = self.people.known.filter { place.occupant(withKey: $0.leafKey) != nil }
        var part: [SignedProfile] = []
        var size = 0
        for profile in profiles {
            let count = profile.encoded.count
            if size + count > RosterBody.byteCountMax {
                self.say(.roster, RosterBody(profiles: part).encoded, to: people, now: now)
                part = []
                size = 0
            }
            part.append(profile)
            size += count
        }
        if !part.isEmpty { self.say(.roster, RosterBody(profiles: part).encoded, to: people, now: now) }
    }
}

/// The body of a Roster message: names for newcomers.
struct RosterBody: TLSStruct, Equatable, Sendable {
    let profiles: [SignedProfile]

    /// A message has 61,440 bytes; there are others.
    static var byteCountMax: Int { 48_000 }

    init(profiles: [SignedProfile]) { self.profiles = profiles }

    init(reading reader: inout ByteReader) throws(WireError) { self.profiles = try reader.list() }

    func write(to writer: inout ByteWriter) { writer.list(self.profiles) }
}
