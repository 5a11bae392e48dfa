internal import Wire

/// Ways in: founding, by Welcome, by an own Commit (`e2ee.md` 4.4, create and joining).
extension Engine {
    /// The tree a Welcome or GroupInfo speaks of: a snapshot, brought up to its epoch by the log.
    mutating func gotGroupInfo(_ bytes: [UInt8], now: EngineTime) {
        guard self.place == nil || self.state == .resync else { return }
        // What is no state of this meeting, or one that is over, is no way in; that is said, and not waited for.
        guard case .groupInfo(let info)? = MLSMessage(read: bytes), self.isOurs(info.groupContext),
            !self.isPast(info.groupContext)
        else {
            self.report(.groupInfo)
            return self.tryAgain(now: now)
        }
        self.entry.groupInfo = info
        self.send(.get(GetFrame(.tree, groupID: info.groupContext.groupID)), for: .tree)
    }

    private func isOurs(_ context: GroupContext) -> Bool {
        context.groupID.count == 32 && Array(context.groupID.prefix(16)) == self.instance.meetingID
            && context.cipherSuite == MeetingProfile.suite.rawValue
    }

    /// An epoch of our own group that was over when we were last in it: a server cannot take us back there, where somebody
    /// may still be who was removed since. A Commit that was voided lies one epoch back.
    private func isPast(_ context: GroupContext) -> Bool {
        guard let place = self.place, place.groupID == context.groupID else { return false }
        return context.epoch < place.epoch && context.epoch + 1 < place.epoch
    }

    mutating func gotTree(_ bytes: [UInt8], sequence: UInt64, _ info: [UInt8], now: EngineTime) {
        guard case .groupInfo(let info)? = MLSMessage(read: info), self.isOurs(info.groupContext) else {
            return self.tryAgain(now: now)
        }
        do throws(E2EEError) {
            self.entry.snapshot = Entry.Snapshot(
                tree: try RatchetTree(decoding: bytes), context: info.groupContext, sequence: sequence)
        } catch {
            self.report(.tree)
            return self.tryAgain(now: now)
        }
        self.entry.log = []
        self.entry.logByteCount = 0
        self.entry.logNext = sequence &+ 1
        self.askForLog()
    }

    private mutating func askForLog() {
        guard let snapshot = self.entry.snapshot else { return }
        let frame = GetFrame(.log, groupID: snapshot.context.groupID, from: self.entry.logNext)
        self.send(.get(frame), for: .joinLog)
    }

    mutating func gotJoinLog(_ next: UInt64, _ last: UInt64, _ lines: [DataFrame.LogLine], now: EngineTime) {
        let byteCount = lines.reduce(self.entry.logByteCount) { $0 + $1.message.count }
        guard self.entry.snapshot != nil, next > self.entry.logNext || next > last,
            self.entry.log.count + lines.count <= Entry.logMax, byteCount <= Entry.logByteCountMax
        else { return self.tryAgain(now: now) }
        self.entry.logByteCount = byteCount
        self.entry.log += lines.compactMap { MLSMessage(read: $0.message) }
        self.entry.logNext = next
        if next <= last { return self.askForLog() }
        if self.entry.welcome != nil { return self.joinByWelcome(now: now) }
        if self.entry.groupInfo != nil { self.joinByCommit(now: now) }
    }

    /// The tree at an epoch, from snapshot and log.
    private func tree(at epoch: UInt64) throws(E2EEError) -> RatchetTree {
        guard let snapshot = self.entry.snapshot else { throw E2EEError(.usage, .tree) }
        var follower = try PublicFollower(tree: snapshot.tree, snapshot.context, self.crypto)
        for message in self.entry.log where follower.epoch < epoch { try follower.follow(message) }
        guard follower.epoch == epoch else { throw E2EEError(.validation, .wrongEpoch) }
        return follower.tree
    }

    // MARK: By Welcome

    /// Somebody let us in: the tree is fetched, for the Welcome does not bring it.
    mutating func welcomed(_ message: [UInt8], sequence: UInt64, _ reference: [UInt8], now: EngineTime) {
        guard self.state == .knocking || self.state == .joining(.invite),
            let own = self.entry.own(reference, self.crypto), case .welcome(let welcome)? = MLSMessage(read: message)
        else { return }
        do throws(E2EEError) {
            // What has not the link's key in it is anybody's, and is not worth fetching a tree for.
            let (info, invite) = try self.info(of: welcome, own)
            guard self.isOurs(info.groupContext) else { throw E2EEError(.validation, .wrongGroup) }
            self.entry.clearTry()
            self.entry.welcome = Entry.WaitingWelcome(
                message: welcome, sequence: sequence, own: own, invite: invite)
            self.entry.proposed = nil
            self.enter(.joining(.welcome))
            self.send(.get(GetFrame(.tree, groupID: info.groupContext.groupID)), for: .tree)
        } catch {
            self.badWelcome(now: now)
        }
    }

    private mutating func joinByWelcome(now: EngineTime) {
        guard let waiting = self.entry.welcome, let access = self.access else { return }
        do throws(E2EEError) {
            let info = try WelcomeCheck.info(waiting.message, waiting.own, waiting.invite, self.crypto)
            let tree = try self.tree(at: info.groupContext.epoch)
            let group = try Group(
                joining: waiting.message, waiting.own, tree: tree, preSharedKeys: waiting.invite.preSharedKeys,
                self.crypto)
            if let fault = JoinerCheck.fault(
                try group.context, try group.tree, self.instance, fingerprint: access.fingerprint,
                serverKey: self.line.serverKey, self.crypto)
            {
                self.report(fault)
                throw E2EEError(.validation, .tree)
            }
            let epoch = try MeetingEpoch(try group.context, try group.tree)
            guard JoinerCheck.keepsPromise(epoch.policy.descriptor, shown: self.descriptor) else {
                self.report(.policy)
                throw E2EEError(.validation, .tree)
            }
            guard WelcomeCheck.mayAdmit(signer: info.signer, epoch, self.crypto) else {
                throw E2EEError(.validation, .signature)
            }
            // By another than the one in force nobody was let in (`e2ee.md` 4.2 P).
            guard epoch.policy.inviteID == waiting.invite.identifier else {
                throw E2EEError(.validation, .preSharedKey)
            }
            self.join(group, after: waiting.sequence, from: info.signer, now: now)
        } catch {
            self.badWelcome(now: now)
        }
    }

    /// A way in that is none; the third time the server is to blame.
    private mutating func badWelcome(now: EngineTime) {
        self.report(.welcome)
        self.entry.welcome = nil
        self.entry.badWelcomes += 1
        guard self.entry.badWelcomes < Entry.badWelcomesMax else { return self.enter(.out(.badServer)) }
        self.knock(now: now)
    }

    // MARK: By an own Commit

    private mutating func joinByCommit(now: EngineTime) {
        guard let info = self.entry.groupInfo, let way = self.entry.way, let identity = self.identity,
            var access = self.access
        else { return }
        do throws(E2EEError) {
            let tree = try self.tree(at: info.groupContext.epoch)
            if let fault = JoinerCheck.fault(
                info.groupContext, tree, self.instance, fingerprint: access.fingerprint,
                serverKey: self.line.serverKey, self.crypto)
            {
                self.report(fault)
                throw E2EEError(.validation, .tree)
            }
            // By the link's key everybody comes in (`e2ee.md` 4.2 P). What we were told before we fell out counts, if the group
            // has gone on to it.
            guard let policy = MeetingProfile.policy(in: info.groupContext.extensions),
                JoinerCheck.keepsPromise(policy.descriptor, shown: self.descriptor)
            else {
                self.report(.policy)
                throw E2EEError(.validation, .tree)
            }
            guard access.follow(policy.inviteID, own: self.rotation?.invite) else {
                return self.comeWithOldLink(now: now)
            }
            var plan = ExternalJoin<Crypto>.Plan()
            plan.names = [try access.invite.preSharedKeyID(self.crypto)]
            plan.preSharedKeys = access.invite.preSharedKeys
            let old = self.oldLeaf(in: tree, info.groupContext)
            let pass = self.pass(into: info.groupContext)
            guard let kind = self.kind(way, hasOldLeaf: old != nil, hasPass: pass != nil) else {
                return self.knock(now: now)
            }
            // A link opened again, or a connection that came back: the old leaf goes in the same Commit.
            plan.removing = old
            if kind == .invite, plan.removing == nil, self.entry.racesLost >= Entry.racesMax {
                return try self.proposeOurselves(info.groupContext, identity, access, now: now)
            }
            plan.authenticatedData = self.auth(kind, replaces: old != nil, pass).encoded
            let join = try ExternalJoin(info, tree: tree, identity, plan, self.crypto)
            let message = join.message.encoded
            let added = Added(leaf: join.ownLeaf, key: identity.signaturePublicKey, keyPackageRef: [])
            let frame = CommitFrame(
                groupID: info.groupContext.groupID, epoch: info.groupContext.epoch, commit: message, added: [added],
                removed: plan.removing.map { [$0] } ?? [],
                groupInfo: MLSMessage.groupInfo(try join.groupInfo()).encoded)
            self.commits += 1
            self.joining = JoinInFlight(kind, message: message, self.commits, join: join)
            self.enter(.joining(kind))
            self.send(.commit(frame), for: .join(self.commits))
        } catch {
            self.report(.groupInfo)
            self.tryAgain(now: now)
        }
    }

    /// Many come at once: we do not race for a Commit any more, and a member adds us together with others (`e2ee.md` 4.3).
    private mutating func proposeOurselves(
        _ context: GroupContext, _ identity: LeafIdentity, _ access: Access, now: EngineTime
    ) throws(E2EEError) {
        let own = try MeetingGroup.keyPackage(identity, now: now.unixSeconds, self.crypto)
        let auth = AddAuth(
            own.keyPackage, groupID: context.groupID, epoch: context.epoch, key: access.invite.joinMAC, self.crypto)
        let proposal = try OutsideProposal.newMember(
            own, groupID: context.groupID, epoch: context.epoch, authenticatedData: auth.encoded, self.crypto)
        self.entry.clearTry()
        self.entry.proposed = (own, now.monotonic + Entry.proposedFor)
        self.enter(.joining(.invite))
        // By the key package the service knows whose the Welcome is.
        self.send(.keyPackages([.keyPackage(own.keyPackage)]))
        self.send(.propose(proposal.encoded), for: .joinProposal)
    }

    /// Nobody added us: the epoch went by, or nobody could.
    mutating func elapseProposal(now: EngineTime) {
        guard let proposed = self.entry.proposed, now.monotonic >= proposed.until else { return }
        self.entry.proposed = nil
        if self.state == .joining(.invite) { self.tryAgain(now: now, counts: false) }
    }

    mutating func proposalFailed(_ error: ServerFrame.DeliveryError, now: EngineTime) {
        guard self.entry.proposed != nil else { return }
        self.entry.proposed = nil
        error == .denied ? self.knock(now: now) : self.tryAgain(now: now, counts: false)
    }

    /// Our own old place: by its key, or, with the host link in hand, the leaf that the same link certified.
    private func oldLeaf(in tree: RatchetTree, _ context: GroupContext) -> UInt32? {
        guard let epoch = try? MeetingEpoch(context, tree) else { return nil }  // checked just before
        if let key = self.entry.oldKey, let own = epoch.occupants.first(where: { $0.key == key }) { return own.index }
        if let own = epoch.occupants.first(where: { $0.key == self.identity?.signaturePublicKey }) { return own.index }
        guard let chain = self.chain else { return nil }
        let rule = ChainRule(epoch.policy, self.crypto)
        return epoch.occupants.first { occupant in
            guard let other = occupant.profile?.chain, rule.isValid(other, for: occupant.key) else { return false }
            if let person = chain.personKey { return person == other.personKey }
            return chain.certificates.count == 1 && other.certificates.count == 1 && chain.role == .host
                && other.role == .host
        }?.index
    }

    /// Our own Commit stands in the order: we are in.
    mutating func joined(_ sequence: UInt64, now: EngineTime) {
        guard let joining = self.joining.take() else { return }
        let group = joining.join.joined()
        self.join(group, after: sequence, from: nil, now: now)
    }

    /// It was taken, and did not come: it got lost on its way here, and we with it.
    mutating func elapseJoin(now: EngineTime) {
        guard let by = self.joining?.arrivesBy, now.monotonic >= by, self.place == nil else { return }
        self.joining = nil
        self.tryAgain(now: now, counts: false)
    }

    /// Nobody judged our Commit. Who came after we went says nothing of it; then the pass is shown at the door.
    mutating func joinUnjudged(now: EngineTime) {
        let isReentry = self.joining?.kind == .reentry && self.place == nil
        self.joining = nil
        if isReentry { self.entry.unjudged += 1 }
        guard self.entry.unjudged < Entry.unjudgedMax else {
            self.entry.unjudged = 0
            return self.knock(now: now)
        }
        self.tryAgain(now: now, counts: false)
    }

    mutating func joinFailed(_ error: ServerFrame.DeliveryError, now: EngineTime) {
        if error == .gone { return self.joinUnjudged(now: now) }
        self.joining = nil
        switch error {
        case .denied:
            if self.place != nil { return self.lostPlace(now: now) }
            self.entry.oldKey = nil
            if self.isCertified { return self.tryAgain(now: now) }
            self.knock(now: now)
        case .conflict, .stale, .rate:
            // Somebody was faster: that says nothing about whether we may.
            self.entry.racesLost += 1
            self.tryAgain(now: now, counts: false)
        case .unknownGroup: self.tryAgain(now: now, counts: false)
        default: self.tryAgain(now: now)
        }
    }

    /// Another try, a little later and not all at once.
    mutating func tryAgain(now: EngineTime, counts: Bool = true) {
        self.entry.clearTry()
        if counts { self.entry.tries += 1 }
        guard self.entry.tries < Entry.triesMax else { return self.enter(.out(.badServer)) }
        let jitter = UInt64((try? self.crypto.randomBytes(1).first ?? 0) ?? 0)  // none is good enough
        let pause = (100 + jitter * 400 / 255) << UInt64(min(self.entry.pauses, 5))
        self.entry.pauses += 1
        self.entry.retryAt = now.monotonic + pause
        if !self.state.isMember { self.enter(self.place == nil ? .checking : .resync) }
    }

    mutating func entryFailed(_ error: ServerFrame.DeliveryError, now: EngineTime) {
        switch error {
        case .unknownGroup, .gone:
            if self.state == .resync { return self.lostPlace(now: now, isForgotten: error == .unknownGroup) }
            if self.mayFound, error == .unknownGroup { return self.found(now: now) }
            self.isCertified ? self.tryAgain(now: now) : self.knock(now: now)
        case .denied:
            if self.state == .resync { return self.lostPlace(now: now) }
            self.isCertified ? self.tryAgain(now: now) : self.knock(now: now)
        default: self.tryAgain(now: now)
        }
    }

    // MARK: Founding

    /// The host link founds a group; where no host is needed, everybody with the link (`e2ee.md` 4.1).
    private var mayFound: Bool {
        guard let descriptor = self.descriptor else { return false }
        return self.isCertified
            || descriptor.flags.contains(.unhostedOpen)
                && (descriptor.admission == .open || descriptor.admission == .members)
    }

    /// Makes the group of the meeting, with us alone in it.
    private mutating func found(now: EngineTime) {
        guard let identity = self.identity, let access = self.access, let descriptor = self.descriptor else { return }
        do throws(E2EEError) {
            let own = try MeetingGroup.keyPackage(identity, now: now.unixSeconds, self.crypto)
            // Of 31 bits: there is room to rise, and who was put out of a group before does not guess it.
            let generation = try self.crypto.randomBytes(4).reduce(0 as UInt32) { $0 << 8 | UInt32($1) } >> 1
            let policy = self.policy(founding: descriptor, access, generation: generation)
            let group = try MeetingGroup.create(policy, serverKey: self.line.serverKey, own, self.crypto)
            let info = MLSMessage.groupInfo(try group.groupInfo()).encoded
            let tree = try group.tree.encoded
            self.send(
                .create(
                    groupInfo: info, tree: tree,
                    Added(leaf: 0, key: identity.signaturePublicKey, keyPackageRef: [])))
            self.join(group, after: 0, from: nil, isFounder: true, now: now)
            self.regather(now: now)
        } catch {
            self.enter(.out(.fault))
        }
    }

    /// Somebody else founded it first.
    mutating func createFailed(_ error: ServerFrame.DeliveryError, now: EngineTime) {
        self.leaveGroup()
        self.enter(.checking)
        self.tryAgain(now: now)
    }

    // MARK: In

    /// We have a leaf. Whether it is the right group a proof has to show, unless somebody who is one let us in.
    private mutating func join(
        _ group: consuming Group<Crypto>, after sequence: UInt64, from signer: UInt32?, isFounder: Bool = false,
        now: EngineTime
    ) {
        let hadPlace = self.place != nil
        do throws(E2EEError) {
            let place = try Place(group, self.crypto)
            self.group = consume group
            self.place = place
            self.entry.clearTry()
            self.line.forgetEntry()
            self.entry.retryAt = nil
            self.entry.former = nil
            self.entry.welcome = nil
            self.entry.knock = nil
            self.entry.proposed = nil
            self.entry.racesLost = 0
            self.entry.unjudged = 0
            self.entry.tries = 0
            self.entry.pauses = 0
            self.entry.oldKey = place.key(of: place.ownLeaf)
            self.wasLive = false
            self.keepRegathering(in: place.groupID, isFounder: isFounder)
            self.order.start(after: sequence)
            self.forks = ForkWatch()
            self.lost = nil
            self.people.start(place)
            self.consents.follow(place)
            self.consents.sayAgain(to: place.services)
            self.unshown = []
            self.followLobbyKey(place, added: [])
            self.people.isOwnSent = false
            self.passDesk = PassDesk()
            self.putOut.follow(place)
            self.followInvite(place, by: nil)
            self.followPasses(place, now: now)
            self.beacons.start(now: now.monotonic)
            self.proof = ProofWatch(since: now.monotonic)
            if let signer, place.roles[signer]?.leads == true {
                self.proof.confirmed(by: place.witness(signer), place.key(of: signer), now: now.monotonic)
            }
            if isFounder { self.proof.founded() }
            self.mergeAt = signer == nil ? nil : self.mergeTime(now: now)
            self.enter(.unproven)
            if hadPlace {
                // Keys of a branch that was taken back are as wrong as none.
                self.told = Told()
                self.tell(.wipe)
            }
            try self.handOutKeys(added: [], removed: [])
            self.bind()
            // What was said between that Commit and now stands in the log.
            self.order.fallBehind(now: now.monotonic)
        } catch {
            self.report(.groupInfo)
            self.enter(.out(.fault))
        }
    }

    /// The group is not ours any more; what we are stays.
    mutating func leaveGroup() {
        // Others may be in the next one, or it may be another's.
        while let letter = self.outbox.abandon() { self.finish(letter) }
        self.group = nil
        self.place = nil
        self.inFlight = nil
        self.joining = nil
        self.order.stop()
        self.forks = ForkWatch()
        self.people = People()
        self.unshown = []
        self.dropLobbyKey()
        self.lobbyKeyDesk = LobbyKeyDesk()
        self.challengers = Challengers()
        self.passDesk = PassDesk()
        self.rotation = nil
        self.missingInvite = nil
        self.told = Told()
        self.tell(.wipe)
        self.dropState()
    }

    /// Our connection holds our leaf now.
    mutating func bound(now: EngineTime) {
        guard self.place != nil else { return }
        self.line.isBound = true
        if self.state == .resync {
            self.joining = nil
            self.entry.clearTry()
            return self.askForGroup()
        }
        self.fetchLog(now: now)
        self.sendProfile(now: now)
        // For the service said to the one who leads that we were gone, and they may give our seat to somebody else.
        if self.place?.policy.descriptor.isForTwo == true { self.beacons.hurry() }
    }

    mutating func bindFailed(_ error: ServerFrame.DeliveryError, now: EngineTime) {
        switch error {
        case .unknownGroup: self.lostPlace(now: now, isForgotten: true)
        case .conflict, .denied, .gone: self.lostPlace(now: now)
        default: self.line.bindAgainAt = now.monotonic + Line.bindPause
        }
    }

    /// Our leaf is gone, and nobody told us why: from the beginning, under the same key. With a pass we show what we had.
    mutating func lostPlace(now: EngineTime, isLinkOld: Bool = false, isForgotten: Bool = false) {
        self.regathering = isForgotten ? self.remembered() : nil
        let former = self.place.map { Entry.Former(groupID: $0.groupID, leaf: $0.ownLeaf) }
        self.leaveGroup()
        self.entry = Entry()
        self.entry.isLinkOld = isLinkOld
        self.entry.former = self.passes.isEmpty ? nil : former
        self.enter(.checking)
        self.check(now: now)
    }

    /// The state is lost, the place may not be: a new Commit of our own puts us back into it.
    mutating func resync(now: EngineTime) {
        guard self.place != nil, self.state.isMember || self.state == .restored else { return }
        self.giveUpReplay()
        self.entry.clearTry()
        self.entry.tries = 0
        self.entry.oldKey = self.identity?.signaturePublicKey
        self.entry.way = .resync
        self.enter(.resync)
        self.askForGroup()
    }
}
