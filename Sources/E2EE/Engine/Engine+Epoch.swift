/// What happens at the start of an epoch (`e2ee.md` 6, 11, 13).
extension Engine {
    static var baseKeyByteCount: Int { 16 }

    /// A Commit of somebody, or our own, is in force.
    mutating func begin(_ report: CommitReport, sequence: UInt64, now: EngineTime) throws(E2EEError) {
        guard let before = self.place else { return }
        guard let place = try self.group?.place(self.crypto) else { return }
        self.place = place
        self.endReplay(now: now)
        // The code is of one epoch; what is shown already stays, as people are looking at it.
        self.comparison.fail()
        self.lost = nil
        self.commitAgainAt = 0
        self.commitPause = 0
        self.note(report, before, now: now)
        if report.hasPath, report.committer == place.ownLeaf { self.mergeAt = nil }
        // A Commit of ours for the old epoch lost its race.
        if self.inFlight != nil { self.requeue() }
        try self.handOutKeys(added: report.added, removed: report.removed)
        self.showPowers()
        self.people.follow(place)
        self.arrived(place)
        self.consents.follow(place)
        self.consents.sayAgain(to: place.services.filter { report.added.contains($0.index) })
        for leaf in report.added { if let key = place.key(of: leaf) { self.people.isBack(key) } }
        self.followLobbyKey(place, added: report.added)
        if report.sender.type == .member { self.putOut.forgive(before, place, by: report.committer) }
        self.putOut.follow(place)
        // Whoever made the Commit named the link, if it is another one than before.
        let isNamed = place.policy.inviteID != before.policy.inviteID
        self.followInvite(place, by: isNamed ? before.roles[report.committer] : nil)
        self.followPasses(place, now: now)
        if !report.added.isEmpty { self.clearWaitingRoom(place) }
        // A successor may have seen no host for long, or not have been asked yet. And a host may have to take somebody out where
        // they would not speak: so it is no word by which their goodbye counts.
        if report.sender.type == .member, before.roles[report.committer]?.isCertified == true {
            self.proof.confirmed(by: place.witness(report.committer), nil, now: now.monotonic)
        }
        self.proof.follow(before, place, report, now: now.monotonic)
        let isNewcomers = !report.added.isEmpty
        if isNewcomers, place.isProof {
            self.beacons.newcomers(cameByThemselves: report.sender.type != .member)
        }
        if isNewcomers {
            self.tellNewcomers(report, hadService: !before.services.isEmpty, now: now)
            self.repeatForNewcomers(report.added, place, now: now)
        }
    }

    /// What a Commit tells about people: its author lives, and whoever was taken out by hand does not come back by himself, but
    /// whom the server lost does.
    private mutating func note(_ report: CommitReport, _ before: Place<Crypto>, now: EngineTime) {
        if report.sender.type == .member, let author = before.key(of: report.committer) {
            self.people.heard(author, at: now.monotonic)
        }
        for item in report.proposals {
            // Who is let in anew in the same Commit was only taken out of an old place.
            guard let leaf = item.affectedLeaf, let occupant = before.meeting.occupant(leaf),
                self.place?.occupant(withKey: occupant.key) == nil
            else { continue }
            switch item.proposal {
            case .remove where item.reference != nil && item.sender.type == .external:
                self.people.departures.saw(occupant, .lost)
            case .remove:
                self.people.admitted.remove(occupant.key)
                if report.sender.type == .member { self.people.departures.saw(occupant, .takenOut) }
            // By their own word, and honest clients keep no pass then: whoever shows one is asked for.
            case .selfRemove: self.people.departures.saw(occupant, .takenOut)
            default: break
            }
        }
    }

    /// Hands the epoch's base key to the media side; here nothing is left of it.
    mutating func handOutKeys(added: [UInt32], removed: [UInt32]) throws(E2EEError) {
        if self.isReplaying { return try self.dropKeys() }
        guard let place = self.place,
            let key = try self.group?.export(
                asciiBytes("SFrame 1.0 Base Key"), context: [], count: Self.baseKeyByteCount)
        else { return }
        try self.group?.dropExporter()
        // Only rooms beside the meeting would need those of epochs before; there are none.
        try self.group?.dropPastResumption()
        self.tell(
            .mediaEpoch(
                MediaEpoch(
                    epoch: place.epoch, baseKey: HeldSecret(key), leafBits: place.leafBits, ownLeaf: place.ownLeaf,
                    occupants: place.mediaOccupants, added: added, removed: removed)))
        self.prepareGoodbye()
    }

    /// The word with which we go, made beforehand: a page that is closed has no time to ask for it.
    private mutating func prepareGoodbye() {
        do throws(E2EEError) {
            guard let message = try self.group?.propose(.selfRemove(SelfRemove())) else { return }
            self.tell(.goodbye(ClientFrame.propose(message.encoded).frame(request: 0)))
        } catch {
            // Then the server notices that we are gone, a little later.
            self.report(.app)
        }
    }

    // MARK: Keys on our path

    /// When we put keys on our path: for most of us never (`e2ee.md` 4.3, merge after an Add).
    func mergeTime(now: EngineTime) -> UInt64? {
        // Without a random number somebody else does it.
        guard let draw = try? self.crypto.randomBytes(2), PathMerge.isWanted(draw[0]) else { return nil }
        return now.monotonic + 1_000 + UInt64(draw[1]) * 4_000 / 255
    }

    /// Puts keys on our path when it is time, and nothing waits that somebody will commit anyway.
    mutating func merge(now: EngineTime) {
        guard let at = self.mergeAt, now.monotonic >= at, self.line.isBound, !self.order.isBehind,
            let own = self.place?.ownLeaf, let waiting = try? self.group?.proposals,
            // Our own goodbye lies ready, and waits for nothing.
            waiting.allSatisfy({ $0.affectedLeaf == own })
        else { return }
        self.mergeAt = nil
        self.want(.heal)
    }

    /// We are out, by somebody's Commit. Who did it says what it was.
    mutating func removed(by report: CommitReport, now: EngineTime) {
        guard let place = self.place, let own = place.key(of: place.ownLeaf) else { return self.enter(.out(.fault)) }
        // We came back before a crash, and now read of it. Whoever is there and reads this has somebody with the same key.
        if self.state == .restored || self.state == .resync, report.sender.type == .newMemberCommit,
            report.pathLeaf?.signatureKey == own
        {
            return self.resync(now: now)
        }
        let comesBack = report.proposals.contains { item in
            if case .add(let add) = item.proposal { add.keyPackage.leafNode.signatureKey == own } else { false }
        }
        // Somebody takes us for gone, and lets us in anew by an older knock of ours: we knock again.
        if comesBack { return self.lostPlace(now: now) }
        let isOfServer = report.proposals.contains { item in
            if case .remove(let remove) = item.proposal {
                remove.removed == place.ownLeaf && item.sender.type == .external
            } else {
                false
            }
        }
        let policy = MeetingProfile.policy(in: report.context.extensions)
        let isRevoked = policy?.isOut(own) ?? false
        // Nobody wanted us gone: the line was, and a pass is for that (`e2ee.md` 4.4, lost may continue to checking).
        if isOfServer, !isRevoked, !self.passes.isEmpty { return self.lostPlace(now: now) }
        self.enter(.out(isRevoked ? .ejected : isOfServer ? .lost : .sentBack))
    }
}
