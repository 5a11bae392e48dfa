/// Going on from what was kept (`e2ee.md` 4.4, restored; 13). The log is read from there, and then a Commit of our own begins
/// an epoch in which nobody has sealed anything. Until that is in force nothing is sealed and no key is handed out: how far
/// the counters of the engine before had come is not known, and need not be.
extension Engine {
    /// An engine that goes on from a kept state. A link is needed for nothing but the seed in it: with a host's one can read
    /// the cards of those who wait. It throws when the state is none, contradicts itself, or is of another meeting.
    ///
    /// A state that is too old is used for nothing but our name in the group: that is a resync. So is one of a host who does
    /// not know that this is the right group, or whose own Commit was on its way. A server could keep that Commit back,
    /// and with it whom it took out; a host's next Commit would be a proof, and a resync is none (`e2ee.md` 11).
    package init(
        restoring bytes: borrowing Secret, _ link: consuming Link?, _ config: EngineConfig, _ crypto: Crypto,
        now: EngineTime
    ) throws(E2EEError) {
        defer { wipeStack() }
        let saved = try SavedState(kept: bytes, crypto)
        guard saved.instance.number == config.instance else { throw E2EEError(.validation, .wrongGroup) }
        let access = try Access.restored(saved, link, crypto)
        let group = try Group(restoring: saved.group, crypto)
        let place = try Place(group, crypto)
        guard place.groupID.count == 32, Array(place.groupID.prefix(16)) == saved.instance.meetingID,
            JoinerCheck.fault(place.meeting, saved.instance, fingerprint: saved.fingerprint, crypto) == nil
        else { throw E2EEError(.validation, .wrongGroup) }
        let identity = try group.identity
        guard saved.passes.count <= HeldPasses.countMax,
            saved.passes.allSatisfy({ pass in
                pass.isValid(
                    for: identity.signaturePublicKey, generation: place.policy.passGeneration, place.standings.rule)
            })
        else { throw E2EEError(.validation, .signature) }
        var config = config
        config.keepsState = true
        self.init(access, config, crypto)
        self.identity = identity
        self.chain = place.meeting.occupant(place.ownLeaf)?.profile?.chain
        self.descriptor = place.policy.descriptor
        self.entry.oldKey = identity.signaturePublicKey
        self.order.start(after: saved.lastSequence)
        self.restoring = Restoring(saved, now: now)
        self.hasUnequalCode = saved.hasUnequalCode
        self.people.start(place)
        self.putOut.follow(place)
        for profile in saved.profiles
        where profile.groupID == place.groupID && place.occupant(withKey: profile.leafKey) != nil
            && profile.isSigned(by: profile.leafKey, crypto)
        {
            self.people.learn(profile)
        }
        let isFresh = saved.isFresh(at: now.unix)
        if isFresh {
            self.passes = HeldPasses(saved.passes)
            self.consents = Consents(saved.consents)
        }
        let mayVouch = !place.isProof || (saved.isConfirmed && !saved.hasOwnCommit)
        self.place = place
        // The state that is kept is this one, until the group is known to be further.
        if saved.hasOwnCommit { self.keeping.committed(groupID: place.groupID, epoch: place.epoch) }
        self.keeping.gave(
            self.keeping.mark(
                groupID: place.groupID, epoch: place.epoch, isConfirmed: saved.isConfirmed,
                hasUnequalCode: saved.hasUnequalCode, answers: self.consents.changes),
            news: self.keptNews, now: now.monotonic)
        if isFresh, mayVouch {
            self.group = consume group
            self.state = .restored
        } else {
            self.entry.way = .resync
            self.state = .resync
        }
        self.tell(.state(self.state))
        if !isFresh { self.tell(.deleteSaved) }
    }

    /// Whether the epoch is one that an engine before may have sealed in.
    var isReplaying: Bool { mutating get { self.group?.isReplayed == true } }

    /// Whether what is known of the group is shown: not before it is proven, and not when it is known from what was kept.
    var mayShow: Bool {
        mutating get { self.group != nil && self.state != .unproven && self.state != .restored }
    }

    /// Keys of an epoch that was followed only: nobody gets them.
    mutating func dropKeys() throws(E2EEError) {
        try self.group?.dropExporter()
        try self.group?.dropPastResumption()
    }

    /// What time does while the log is read again: afterwards the Commit is made, and what takes too long does not come.
    mutating func elapseReplay(now: EngineTime) {
        guard self.state == .restored, self.line.challenge != nil else {
            self.restoring.since = nil
            self.restoring.askedAt = nil
            return
        }
        let since = self.restoring.since ?? now.monotonic
        self.restoring.since = since
        guard now.monotonic < since + Self.resyncAfter else { return self.resync(now: now) }
        if let asked = self.order.askedAt, now.monotonic >= asked + Self.askAgainAfter { self.order.askedAt = nil }
        self.fetchLog(now: now)
        guard self.line.isBound, !self.order.isBehind, self.inFlight == nil, let place = self.place else { return }
        guard self.restoring.agreed != place.epoch else { return self.makeEpoch(now: now) }
        guard self.restoring.askedAt.map({ now.monotonic >= $0 + Self.askAgainAfter }) ?? true else { return }
        self.restoring.askedAt = now.monotonic
        self.send(.get(GetFrame(.groupInfo, groupID: place.groupID)), for: .epoch)
    }

    /// The state of the group, as whoever committed last tells joiners. If ours is another one, the Commit that began it was
    /// taken back, perhaps while we were away; a Commit of ours would be one that all others refuse.
    mutating func gotEpoch(_ bytes: [UInt8], now: EngineTime) {
        guard self.state == .restored, let place = self.place else { return }
        self.restoring.askedAt = nil
        guard case .groupInfo(let info)? = MLSMessage(read: bytes), info.groupContext.groupID == place.groupID,
            info.groupContext.epoch >= place.epoch
        else { return self.resync(now: now) }
        guard info.groupContext.epoch == place.epoch else {
            self.order.fallBehind(now: now.monotonic)
            return self.fetchLog(now: now)
        }
        guard info.groupContext.confirmedTranscriptHash == place.transcript else { return self.resync(now: now) }
        self.restoring.agreed = place.epoch
        self.makeEpoch(now: now)
    }

    /// Whether a Commit of ours vouches for no more than we know: in what is read again we may have become one whose word is
    /// a proof to others.
    var mayMakeEpoch: Bool { self.place.map { !$0.isProof || self.restoring.isConfirmed } ?? false }

    /// The Commit that makes the epoch one of our own. During a round of comparing it would wait, and end the round anyway.
    private mutating func makeEpoch(now: EngineTime) {
        guard self.mayMakeEpoch, !self.isComparing else { return self.resync(now: now) }
        self.want(.heal)
    }

    /// A Commit is in force. If it is ours, this epoch is ours to speak in, once somebody has proven it to us. What was read
    /// again proves nothing, for it may not be all.
    mutating func endReplay(now: EngineTime) {
        guard self.state == .restored, !self.isReplaying, let place = self.place else { return }
        self.proof = ProofWatch(since: now.monotonic)
        if self.restoring.isConfirmed, place.isProof { self.proof.remembered() }
        self.beacons.start(now: now.monotonic)
        self.people.isOwnSent = false
        self.consents.sayAgain(to: place.services)
        self.enter(.unproven)
    }

    /// Whether an answer to our Commit means that there will be none: the service takes one without proposals once a minute
    /// (`e2ee.md` 5, rule 5), and one before the crash may have been it.
    func endsReplay(_ error: ServerFrame.DeliveryError) -> Bool {
        guard self.state == .restored else { return false }
        return switch error {
        case .stale, .rate, .conflict: self.commitPause >= 2_000
        default: true
        }
    }

    /// What was kept does not lead back into the group: nothing of it is needed any more but our name in it.
    mutating func giveUpReplay() {
        guard self.state == .restored else { return }
        self.inFlight = nil
        self.intents.removeAll { $0 == .heal }
        self.group = nil
    }
}
