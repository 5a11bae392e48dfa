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
            self.state == .live || self.state == .paused || self.state == .restored,
            now.monotonic >= self.commitAgainAt, let place = self.place
        else { return }
        while self.inFlight == nil,
            let next = self.intents.firstIndex(where: {
                !self.waitsForRound($0, now: now) && self.mayCommit($0, place, now: now)
            })
        {
            let intent = self.intents.remove(at: next)
            do throws(E2EEError) {
                guard let plan = try self.plan(intent, place, now: now) else {
                    self.wishes.settle(intent)
                    continue
                }
                try self.submit(intent, try self.commit(plan), place, now: now)
            } catch {
                self.giveUpPart(of: intent)
            }
        }
    }

    /// A host's Commit is a proof to everybody else, and so is the Welcome in it. Until the group is known to be the right one
    /// nothing is made but what the person sees and wants gone.
    private func mayCommit(_ intent: Intent, _ place: Place<Crypto>, now: EngineTime) -> Bool {
        if self.state == .restored { return intent == .heal && self.mayMakeEpoch }
        if case .policy(.invite(let identifier)) = intent, !self.isTold(identifier) { return false }
        switch intent {
        case .remove: return true
        // Whoever went has to go, also where somebody is back who was put out, or who stands in was not asked yet.
        case .removals: return self.mayVouch
        default: break
        }
        guard self.mayVouch, !self.putOut.isBack else { return false }
        let isAlone = place.meeting.occupants.count == 1
        return isAlone || !place.own.isActing || self.proof.maySucceed(place.own, at: now.monotonic)
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
        _ intent: Intent, _ pending: consuming PendingCommit<Crypto>, _ place: Place<Crypto>, now: EngineTime
    ) throws(E2EEError) {
        guard let access = self.access else { return }
        let report = pending.staged.report
        // What the others would refuse is not even sent.
        let authoriser = Authoriser(place.meeting, joinMACKey: access.invite.joinMAC, self.crypto)
        guard authoriser.authorise(report) == .allow else { return self.giveUpPart(of: intent) }
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
        self.commits += 1
        self.inFlight = InFlight(intent, message: message, self.commits, pending: pending)
        self.keepBeforeCommit(place, now: now)
        if case .remove = intent { self.send(.reserve(groupID: place.groupID)) }
        self.withdrawPowers(by: report, place)
        if case .admit(let hashes) = intent { self.tellInvite(hashes) }
        if case .policy(.invite) = intent { self.rotation?.committed() }
        self.send(.commit(frame), for: .commit(self.commits))
    }

    /// Our Commit stands in the order.
    mutating func adoptOwn(_ sequence: UInt64, now: EngineTime) {
        guard let flight = self.inFlight.take() else { return }
        let intent = flight.intent
        let report = flight.pending.staged.report
        do throws(E2EEError) {
            let before = try self.group?.context
            let made = MLSMessage(read: flight.message)
            try self.group?.adopt(flight.pending)
            if let before, let place = self.place, case .publicMessage(let open)? = made {
                self.forks.end(before, place, by: open.content, self.crypto)
            }
            self.order.applied(sequence)
            self.wishes.settle(intent)
            self.ackOwn(sequence)
            if case .admit(let all) = intent {
                let hashes = all.filter { self.canWelcome($0) }
                for hash in hashes {
                    guard let key = self.waitingRoom[hash]?.knock.keyPackage.leafNode.signatureKey else { continue }
                    self.people.admitted.insert(key)
                }
                self.waitingRoom.remove(Array(hashes.prefix(WaitingRoom.addsMax)))
                let rest = Array(hashes.dropFirst(WaitingRoom.addsMax))
                if !rest.isEmpty { self.want(.admit(rest)) }
            }
            try self.begin(report, sequence: sequence, now: now)
            if intent == .policy(.comparing(true)) { self.startRound(now: now) }
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

    mutating func commitFailed(_ error: ServerFrame.DeliveryError, now: EngineTime) {
        if self.endsReplay(error) { return self.resync(now: now) }
        switch error {
        case .stale, .rate, .conflict:
            self.requeue()
            // The next epoch comes before that, or somebody else has the slot for a while.
            self.commitPause = min(max(250, 2 * self.commitPause), 4_000)
            self.commitAgainAt = now.monotonic + self.commitPause
        default:
            guard let flight = self.inFlight.take() else { return }
            self.giveUp(flight.intent)
        }
    }

    /// One of many may be what nobody can do: the others are done without it, and it alone is given up.
    private mutating func giveUpPart(of intent: Intent) {
        switch intent {
        case .admit(let hashes) where hashes.count > 1:
            let half = hashes.count / 2
            self.intents.insert(contentsOf: [.admit(Array(hashes[..<half])), .admit(Array(hashes[half...]))], at: 0)
        default: self.giveUp(intent)
        }
    }

    /// Tells the person that what they wanted is not possible. Duties are nobody's wish.
    mutating func giveUp(_ intent: Intent) {
        self.wishes.settle(intent)
        switch intent {
        case .admit(let hashes): self.tell(.refused(.admit(hashes), why: self.isFull ? .full : nil))
        case .remove(let key, let isFinal): self.tell(.refused(isFinal ? .eject(key) : .sendBack(key)))
        case .policy(.lock(let isLocked)): self.tell(.refused(.lock(isLocked)))
        case .policy(.admission(let admission)): self.tell(.refused(.setAdmission(admission)))
        case .policy(.cohost(let key)): self.tell(.refused(.makeCohost(key)))
        case .policy(.noCohost(let key)): self.tell(.refused(.withdrawCohost(key)))
        case .policy(.features(let change)): self.tell(.refused(.setFeatures(change.wanted)))
        case .policy(.ticket(let key)): self.tell(.refused(.revokeTicket(key), why: self.isInUse(key) ? .inUse : nil))
        case .policy(.comparing(true)): self.tell(.refused(.compare))
        case .policy(.comparing(false)): break
        case .policy(.invite(let identifier)):
            guard let rotation = self.rotation, rotation.identifier == identifier else { return }
            self.rotation = nil
            // What a Commit names that left us may be in force; without its secret we should be out.
            if !rotation.isCommitted { self.access?.withdraw(identifier) }
            if rotation.isAsked { self.tell(.refused(.rotateLink)) }
        case .removals, .orphans, .joins, .heal: break
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
        let authoriser = Authoriser(place.meeting, joinMACKey: access.invite.joinMAC, self.crypto)
        let removals = self.removals(in: waiting, place, authoriser, now: now)
        plan.now = now.unixSeconds
        var references = removals.compactMap { $0.reference }
        switch intent {
        case .admit(let hashes):
            guard place.own.rights.contains(.admit) else {
                self.giveUp(intent)
                return nil
            }
            // They wait then, and a host sees them; or somebody else let them in.
            if hashes.allSatisfy({ self.isOvertaken($0) || self.waitingRoom[$0] == nil }) { return nil }
            let guests = self.waitingRoom.guests(hashes.filter { self.canWelcome($0) }).map { $0.knock }
                .filter { self.isCurrent($0.keyPackage.leafNode, now: now) }
            guard !guests.isEmpty else {
                self.giveUp(intent)
                return nil
            }
            let packages = guests.map { $0.keyPackage }
            if place.policy.flags.contains(.locked) {
                // A lock lets nobody through but people with a pass, and everybody looks at it.
                let valid = guests.filter { self.isValid($0.pass, for: $0.keyPackage.leafNode) }
                plan.authenticatedData = CommitAuth(passes: valid.compactMap { $0.pass }).encoded
            }
            // Whoever is in already, by the same key or personal link, dropped out of the line: the old leaf goes in the same
            // Commit.
            var old = packages.compactMap { place.occupant(like: $0.leafNode)?.index }
            let going = Set(old + removals.compactMap { $0.affectedLeaf })
            if hashes.count == 1, self.isWanted(hashes[0]), let lost = self.lostSeat(place, besides: going) {
                old.append(lost)
            }
            guard !old.contains(place.ownLeaf), old.isEmpty || place.own.rights.contains(.eject) else { return nil }
            references = removals.filter { $0.affectedLeaf.map { !old.contains($0) } ?? true }
                .compactMap { $0.reference }
            plan.proposals = old.map { .remove(Remove(removed: $0)) } + packages.map { .add(Add(keyPackage: $0)) }
            plan.proposals.append(.preSharedKey(PreSharedKey(psk: try access.invite.preSharedKeyID(self.crypto))))
            if let policy = self.policy(letting: packages, place) {
                plan.proposals.append(self.replacing(policy, place))
            } else if references.isEmpty, old.isEmpty {
                plan.path = .whenNeeded
            }
        case .remove(let key, let isFinal):
            guard let target = self.target(key, isFinal: isFinal, place) else {
                // The server was faster; what the person meant holds all the same.
                self.people.departures.takenOut(key)
                var policy = place.policy
                if isFinal, !policy.isOut(key) {
                    let person = self.people.departures.person(of: key)
                    policy.putOut([key] + (person.map { [$0] } ?? []), among: place.meeting.occupants)
                    policy.closeOpenDoor()
                } else if !isFinal {
                    policy.withdraw(key, among: place.meeting.occupants)
                }
                guard policy != place.policy else { return nil }
                plan.proposals = [self.replacing(policy, place)]
                break
            }
            guard target.index != place.ownLeaf else { return nil }
            references = removals.filter { $0.affectedLeaf != target.index }.compactMap { $0.reference }
            plan.proposals = [.remove(Remove(removed: target.index))]
            if isFinal {
                var policy = place.policy
                policy.putOut(target, among: place.meeting.occupants)
                policy.closeOpenDoor()
                plan.proposals.append(self.replacing(policy, place))
            } else {
                // A co-host of a host's making who is sent back is no co-host when they come again.
                var policy = place.policy
                policy.withdraw(key, among: place.meeting.occupants)
                if policy != place.policy { plan.proposals.append(self.replacing(policy, place)) }
            }
        case .policy(let change):
            guard let policy = try self.policy(after: change, place, now: now) else { return nil }
            plan.proposals = [self.replacing(policy, place)]
            // A round begins and ends in a Commit of its own.
            if case .comparing = change { references = [] }
        case .removals:
            guard !references.isEmpty else { return nil }
        case .orphans:
            let gone = Set(removals.compactMap { $0.affectedLeaf })
            plan.proposals = place.orphans.map { $0.index }.filter { !gone.contains($0) && $0 != place.ownLeaf }
                .map { .remove(Remove(removed: $0)) }
            guard !plan.proposals.isEmpty, place.own.rights.contains(.eject) else { return nil }
        case .joins:
            let joins = try self.joins(in: waiting, with: removals, place, authoriser, access, now: now)
            guard !joins.isEmpty else { return nil }
            references += joins.compactMap { $0.reference }
            plan.proposals = [.preSharedKey(PreSharedKey(psk: try access.invite.preSharedKeyID(self.crypto)))]
        case .heal: if self.state == .restored { references = [] }  // an empty one (`e2ee.md` 13)
        }
        plan.waiting = .only(references)
        return plan
    }

    /// The leaf that holds the seat which is wanted, in a session for two in which it is the only one that is not ours: of
    /// somebody who lost their line, by the service's word, and of whom nothing came since (`docs/decisions/0014`).
    private func lostSeat(_ place: Place<Crypto>, besides going: Set<UInt32>) -> UInt32? {
        guard place.policy.descriptor.isForTwo, place.own.rights.contains(.eject) else { return nil }
        let others = place.meeting.occupants.filter { $0.index != place.ownLeaf && !going.contains($0.index) }
        guard others.count == 1, others.count + 1 >= place.policy.descriptor.membersMax,
            self.people.hasLostLine(others[0].key)
        else { return nil }
        return others[0].index
    }

    /// Whether a person said that somebody who waits is to come in: an engine of itself gives nobody's seat away.
    private func isWanted(_ hash: [UInt8]) -> Bool { self.waitingRoom[hash].map { !$0.isUnasked } ?? false }

    /// What has to be switched on to let these in: a sort of service, which nobody can while it is off (`e2ee.md` 4.2, J5). Whoever
    /// says yes to one wants that; where it is not theirs to switch, the rules say no.
    private func policy(letting packages: [KeyPackage], _ place: Place<Crypto>) -> MeetingPolicy? {
        var policy = place.policy
        for package in packages {
            if let service = BeraadLeaf(of: package.leafNode)?.service?.role.service { policy.services.insert(service) }
        }
        guard policy.services != place.policy.services, place.own.rights.isSuperset(of: [.policy, .services]),
            policy.services.isSubset(of: policy.descriptor.servicesMax)
        else { return nil }
        return policy
    }

    /// Every seat is taken.
    private var isFull: Bool {
        self.place.map { $0.meeting.occupants.count >= Int($0.policy.descriptor.membersMax) } ?? false
    }

    /// Somebody is in by a personal link, or by what its owner gave them.
    func isInUse(_ ticket: [UInt8]) -> Bool {
        guard let place = self.place else { return false }
        let named = place.policy.roles.filter { $0.names(ticket) }.compactMap { $0.subjectKey }
        return place.meeting.occupants.contains { occupant in
            occupant.key == ticket || named.contains(occupant.key)
                || occupant.profile?.chain.map { $0.names(ticket) } ?? false
        }
    }

    /// Whom a host means by a key: its owner, or to put them out whoever came back in its place by the same personal link.
    private func target(_ key: [UInt8], isFinal: Bool, _ place: Place<Crypto>) -> Occupant? {
        if let owner = place.occupant(withKey: key) { return owner }
        guard isFinal, let person = self.people.departures.person(of: key) else { return nil }
        return place.meeting.occupants.first { $0.profile?.chain?.personKey == person }
    }

    /// Removals that wait: who says goodbye, and whom the server lost. One for each leaf, none that spoils the Commit, and not
    /// of somebody we heard just now: a server that says so lies, or knows less than we do (`e2ee.md` 4.3).
    private mutating func removals(
        in waiting: [ResolvedProposal], _ place: Place<Crypto>, _ authoriser: Authoriser<Crypto>, now: EngineTime
    ) -> [ResolvedProposal] {
        var leaves: Set<UInt32> = [place.ownLeaf]
        var chosen: [ResolvedProposal] = []
        for type in [ProposalType.selfRemove, .remove] {
            for item in waiting where item.proposal.type == type {
                guard let leaf = item.affectedLeaf, let occupant = place.meeting.occupant(leaf),
                    type == .selfRemove || item.sender.type == .external,
                    authoriser.isCoverable(item, by: place.ownLeaf), !leaves.contains(leaf)
                else { continue }
                if type == .remove, let heard = self.people.lastHeard(occupant.key),
                    now.monotonic < heard + Self.heardFor
                {
                    self.removalsAgainAt = min(self.removalsAgainAt ?? .max, heard + Self.heardFor)
                    continue
                }
                leaves.insert(leaf)
                chosen.append(item)
            }
        }
        return chosen
    }

    /// Milliseconds for which somebody who was heard is there, whatever the server says.
    static var heardFor: UInt64 { 10_000 }

    /// Looks at removals again that were too early.
    mutating func elapseRemovals(now: EngineTime) {
        guard let at = self.removalsAgainAt, now.monotonic >= at else { return }
        self.removalsAgainAt = nil
        self.want(.removals)
    }

    /// Joins that wait and may be covered together. One that may not is left out, so that it does not keep the others out.
    private mutating func joins(
        in waiting: [ResolvedProposal], with removals: [ResolvedProposal], _ place: Place<Crypto>,
        _ authoriser: Authoriser<Crypto>, _ access: Access, now: EngineTime
    ) throws(E2EEError) -> [ResolvedProposal] {
        let key = ResolvedProposal(
            proposal: .preSharedKey(PreSharedKey(psk: try access.invite.preSharedKeyID(self.crypto))),
            sender: .member(place.ownLeaf), reference: nil, authenticatedData: [])
        let own = place.meeting.occupant(place.ownLeaf)?.leafNode
        var chosen: [ResolvedProposal] = []
        for item in waiting where item.proposal.type == .add && item.sender.type == .newMemberProposal {
            guard chosen.count < Self.joinsMax, case .add(let add) = item.proposal,
                self.isCurrent(add.keyPackage.leafNode, now: now), authoriser.isCoverable(item, by: place.ownLeaf)
            else { continue }
            let facts = CommitFacts(
                sender: .member(place.ownLeaf), authenticatedData: CommitAuth().encoded,
                proposals: removals + chosen + [item, key], pathLeaf: own)
            if authoriser.authorise(facts) == .allow { chosen.append(item) }
        }
        return chosen
    }

    /// Joins in one Commit (`e2ee.md` 4.3).
    static var joinsMax: Int { 64 }

    /// Whether a leaf's certificates, and its key package if it is one, are within their time: the committer's and the
    /// joiner's business, never that of `authorise` (`e2ee.md` 3.2, 4.1).
    func isCurrent(_ leafNode: LeafNode?, now: EngineTime) -> Bool {
        guard let leafNode else { return true }
        if case .keyPackage(let lifetime) = leafNode.source, !lifetime.contains(now.unixSeconds) { return false }
        return BeraadLeaf(of: leafNode)?.chain?.isCurrent(now.unixSeconds) ?? true
    }

    private func replacing(_ policy: MeetingPolicy, _ place: Place<Crypto>) -> Proposal {
        var policy = policy
        policy.revision = place.policy.revision &+ 1
        return .groupContextExtensions(
            GroupContextExtensions(extensions: MeetingProfile.replacing(policy, in: place.meeting.extensions)))
    }

    private mutating func policy(
        after change: PolicyChange, _ place: Place<Crypto>, now: EngineTime
    ) throws(E2EEError) -> MeetingPolicy? {
        guard place.own.rights.contains(.policy) else { return nil }
        var policy = place.policy
        switch change {
        case .lock(true): policy.flags.insert(.locked)
        case .lock(false): policy.flags.remove(.locked)
        case .admission(let admission): policy.admission = admission
        case .comparing(true): policy.flags.insert(.comparing)
        case .comparing(false): policy.flags.remove(.comparing)
        case .invite(let identifier):
            guard self.rotation?.identifier == identifier else { return nil }
            policy.inviteID = identifier
        case .cohost(let key):
            guard place.own.role == .host, place.mayLead(key), let chain = self.chain, let identity = self.identity,
                !policy.hasRole(key)
            else { return nil }
            policy.roles.append(
                try CohostChain.make(for: key, by: chain, identity, self.instance, now: now, self.crypto))
        case .noCohost(let key):
            guard place.own.role == .host else { return nil }
            policy.withdraw(key, among: place.meeting.occupants)
            // By the invitation itself, say: that ends only by putting them out.
            if policy == place.policy, place.isCertified(key) { self.giveUp(.policy(change)) }
        case .features(let change): policy.features = change.applied(to: policy.features)
        case .ticket(let key):
            guard place.own.role == .host else { return nil }
            if self.isInUse(key) {
                self.giveUp(.policy(change))
                return nil
            }
            // By the leaf that it certified before nobody comes back either, whatever pass they hold.
            guard !policy.isOut(key) else { return nil }
            policy.putOut([key] + self.people.departures.keys(of: key), among: place.meeting.occupants)
        }
        return policy == place.policy ? nil : policy
    }

    // MARK: Duties

    /// The service asks us to do what somebody has to.
    mutating func called(to duty: ServerFrame.Duty, _ groupID: [UInt8], _ epoch: UInt64) {
        guard let place = self.place, place.groupID == groupID, place.epoch == epoch, self.state != .restored else {
            return
        }
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
