internal import Wire

/// Commits of our own (`e2ee.md` 4.3): one at a time, made for the epoch that is, and made anew when they come too late.
extension Engine {
    static var intentsMax: Int { 64 }

    mutating func want(_ intent: Intent) {
        guard !self.intents.contains(intent), self.intents.count < Self.intentsMax else { return }
        self.intents.append(intent)
    }

    /// Starts the next Commit, if none is on its way.
    mutating func startNextCommit(now: EngineTime) {
        guard self.inFlight == nil, self.joining == nil, self.line.isBound, !self.order.isBehind,
            self.state == .live || self.state == .paused, let place = self.place
        else { return }
        while self.inFlight == nil, !self.intents.isEmpty {
            let intent = self.intents.removeFirst()
            do throws(E2EEError) {
                guard let plan = try self.plan(intent, place, now: now) else { continue }
                try self.submit(intent, try self.commit(plan), place)
            } catch {
                self.giveUp(intent)
            }
        }
    }

    /// A Commit by the group, which stays where it is whatever comes of it.
    private mutating func commit(_ plan: CommitPlan) throws(E2EEError) -> PendingCommit<Crypto> {
        guard var group = self.group.take() else { throw E2EEError(.usage, .closed) }
        do throws(E2EEError) {
            let pending = try group.commit(plan)
            self.group = consume group
            return pending
        } catch {
            self.group = consume group
            throw error
        }
    }

    private mutating func submit(
        _ intent: Intent, _ pending: consuming PendingCommit<Crypto>, _ place: Place<Crypto>
    ) throws(E2EEError) {
        guard let access = self.access else { return }
        let report = pending.staged.report
        // What the others would refuse is not even sent.
        let authoriser = Authoriser(place.meeting, joinMACKey: access.invite.joinMAC, self.crypto)
        guard authoriser.authorise(report) == .allow else { return self.giveUp(intent) }
        let message = pending.message.encoded
        let packages = report.proposals.compactMap { item -> KeyPackage? in
            if case .add(let add) = item.proposal { add.keyPackage } else { nil }
        }
        var added: [Added] = []
        for (leaf, package) in zip(report.added, packages) {
            guard let reference = package.productReference(self.crypto) else { continue }
            added.append(Added(leaf: leaf, key: package.leafNode.signatureKey, keyPackageRef: reference))
        }
        let frame = CommitFrame(
            groupID: place.groupID, epoch: place.epoch, commit: message, added: added, removed: report.removed,
            welcome: pending.welcome.map { MLSMessage.welcome($0).encoded } ?? [],
            groupInfo: MLSMessage.groupInfo(try pending.staged.groupInfo()).encoded)
        self.inFlight = InFlight(intent, message: message, pending: pending)
        if case .remove = intent { self.send(.reserve(groupID: place.groupID)) }
        self.send(.commit(frame), for: .commit)
    }

    /// Our Commit stands in the order.
    mutating func adoptOwn(_ sequence: UInt64, now: EngineTime) {
        guard let flight = self.inFlight.take() else { return }
        let intent = flight.intent
        let report = flight.pending.staged.report
        do throws(E2EEError) {
            try self.group?.adopt(flight.pending)
            self.order.applied(sequence)
            self.ackOwn(sequence)
            if case .admit(let hashes) = intent {
                for hash in hashes {
                    guard let key = self.waitingRoom[hash]?.knock.keyPackage.leafNode.signatureKey else { continue }
                    self.people.admitted.insert(key)
                }
                self.waitingRoom.remove(Array(hashes.prefix(WaitingRoom.addsMax)))
                let rest = Array(hashes.dropFirst(WaitingRoom.addsMax))
                if !rest.isEmpty { self.want(.admit(rest)) }
            }
            try self.begin(report, sequence: sequence, now: now)
        } catch {
            self.report(.frame)
            self.resync(now: now)
        }
    }

    private mutating func ackOwn(_ sequence: UInt64) {
        guard let place = self.place else { return }
        self.send(.ack(groupID: place.groupID, sequence: sequence, isGood: true))
    }

    /// Somebody else's Commit came first: what we wanted is wanted still.
    mutating func requeue() {
        guard let flight = self.inFlight.take() else { return }
        if !self.intents.contains(flight.intent) { self.intents.insert(flight.intent, at: 0) }
    }

    mutating func commitFailed(_ error: ServerFrame.DeliveryError) {
        switch error {
        case .stale, .rate, .conflict: self.requeue()
        default:
            guard let flight = self.inFlight.take() else { return }
            self.giveUp(flight.intent)
        }
    }

    /// Tells the person that what they wanted is not possible. Duties are nobody's wish.
    private mutating func giveUp(_ intent: Intent) {
        switch intent {
        case .admit(let hashes): self.tell(.refused(.admit(hashes)))
        case .remove(let key, let isFinal): self.tell(.refused(isFinal ? .eject(key) : .sendBack(key)))
        case .policy(.lock(let isLocked)): self.tell(.refused(.lock(isLocked)))
        case .policy(.admission(let admission)): self.tell(.refused(.setAdmission(admission)))
        case .policy(.cohost(let key)): self.tell(.refused(.makeCohost(key)))
        case .removals, .joins, .heal: break
        }
    }

    // MARK: Plans

    /// What an intent means in this epoch; nothing when it means nothing any more.
    private mutating func plan(
        _ intent: Intent, _ place: Place<Crypto>, now: EngineTime
    ) throws(E2EEError) -> CommitPlan? {
        guard let access = self.access, let waiting = try self.group?.proposals else { return nil }
        var plan = CommitPlan()
        plan.authenticatedData = CommitAuth().encoded
        plan.welcomeHasTree = false
        plan.preSharedKeys = access.invite.preSharedKeys
        let removals = self.removals(in: waiting, place)
        var references = removals.compactMap { $0.reference }
        switch intent {
        case .admit(let hashes):
            let packages = self.waitingRoom.keyPackages(hashes)
            guard !packages.isEmpty, place.own.rights.contains(.admit) else { return nil }
            // Whoever is in already, by the same key, dropped out of the line: the old leaf goes in the same Commit.
            let old = packages.compactMap { place.occupant(withKey: $0.leafNode.signatureKey)?.index }
            guard !old.contains(place.ownLeaf), old.isEmpty || place.own.rights.contains(.eject) else { return nil }
            references = removals.filter { $0.affectedLeaf.map { !old.contains($0) } ?? true }
                .compactMap { $0.reference }
            plan.proposals = old.map { .remove(Remove(removed: $0)) } + packages.map { .add(Add(keyPackage: $0)) }
            plan.proposals.append(.preSharedKey(PreSharedKey(psk: try access.invite.preSharedKeyID(self.crypto))))
            if references.isEmpty, old.isEmpty { plan.path = .whenNeeded }
        case .remove(let key, let isFinal):
            guard let target = place.occupant(withKey: key), target.index != place.ownLeaf else { return nil }
            references = removals.filter { $0.affectedLeaf != target.index }.compactMap { $0.reference }
            plan.proposals = [.remove(Remove(removed: target.index))]
            if isFinal {
                var policy = place.policy
                let keys = [key] + (target.profile?.chain?.certificates.map { $0.subjectKey } ?? [])
                for key in keys where !policy.isOut(key) { policy.revoked.append(Revocation(key: key, scope: .out)) }
                // Behind an open door nobody stays out (rule R).
                if policy.admission == .open || policy.admission == .members { policy.admission = .waiting }
                plan.proposals.append(self.replacing(policy, place))
            }
        case .policy(let change):
            guard let policy = try self.policy(after: change, place, now: now) else { return nil }
            plan.proposals = [self.replacing(policy, place)]
        case .removals:
            guard !references.isEmpty else { return nil }
        case .joins:
            let joins = self.joins(in: waiting)
            guard !joins.isEmpty else { return nil }
            references += joins.compactMap { $0.reference }
            plan.proposals = [.preSharedKey(PreSharedKey(psk: try access.invite.preSharedKeyID(self.crypto)))]
        case .heal: break
        }
        plan.waiting = .only(references)
        return plan
    }

    /// Removals that wait: who says goodbye, and whom the server lost. One for each leaf, and not those of somebody we
    /// heard just now.
    private func removals(in waiting: [ResolvedProposal], _ place: Place<Crypto>) -> [ResolvedProposal] {
        var leaves: Set<UInt32> = [place.ownLeaf]
        var chosen: [ResolvedProposal] = []
        for type in [ProposalType.selfRemove, .remove] {
            for item in waiting where item.proposal.type == type {
                guard let leaf = item.affectedLeaf, place.meeting.occupant(leaf) != nil,
                    type == .selfRemove || item.sender.type == .external, leaves.insert(leaf).inserted
                else { continue }
                chosen.append(item)
            }
        }
        return chosen
    }

    private func joins(in waiting: [ResolvedProposal]) -> [ResolvedProposal] {
        Array(waiting.filter { $0.proposal.type == .add && $0.sender.type == .newMemberProposal }.prefix(64))
    }

    private func replacing(_ policy: MeetingPolicy, _ place: Place<Crypto>) -> Proposal {
        var policy = policy
        policy.revision = place.policy.revision &+ 1
        return .groupContextExtensions(
            GroupContextExtensions(extensions: MeetingProfile.replacing(policy, in: place.meeting.extensions)))
    }

    private func policy(
        after change: PolicyChange, _ place: Place<Crypto>, now: EngineTime
    ) throws(E2EEError) -> MeetingPolicy? {
        guard place.own.rights.contains(.policy) else { return nil }
        var policy = place.policy
        switch change {
        case .lock(true): policy.flags.insert(.locked)
        case .lock(false): policy.flags.remove(.locked)
        case .admission(let admission): policy.admission = admission
        case .cohost(let key):
            guard place.occupant(withKey: key) != nil, let chain = self.chain, let identity = self.identity,
                !policy.roles.contains(where: { $0.subjectKey == key })
            else { return nil }
            let certificate = try RoleCertificate(
                self.instance, issuer: identity.signaturePublicKey, subject: key, .leaf, .cohost,
                Role.cohost.rightsMax.intersection(chain.rights),
                notBefore: now.unixSeconds - min(now.unixSeconds, Access.early),
                notAfter: now.unixSeconds + Access.late, serial: try self.crypto.randomBytes(8)
            ).signed(by: identity.signatureKey.secret, self.crypto)
            policy.roles.append(Chain([certificate] + chain.certificates))
        }
        return policy == place.policy ? nil : policy
    }

    // MARK: Duties

    /// The service asks us to do what somebody has to.
    mutating func called(to duty: ServerFrame.Duty, _ groupID: [UInt8], _ epoch: UInt64) {
        guard let place = self.place, place.groupID == groupID, place.epoch == epoch else { return }
        switch duty {
        case .commitRemovals: self.want(.removals)
        case .commitJoins: self.want(.joins)
        case .emptyCommit: self.want(.heal)
        case .uploadSnapshot:
            do throws(E2EEError) {
                guard let info = try self.group?.groupInfo(), let tree = try self.group?.tree else { return }
                self.send(
                    .snapshot(
                        groupID: groupID, epoch: epoch, tree: tree.encoded,
                        groupInfo: MLSMessage.groupInfo(info).encoded))
            } catch {
                self.report(.groupInfo)
            }
        }
    }
}
