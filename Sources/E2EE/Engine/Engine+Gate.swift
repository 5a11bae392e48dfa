/// Whether anything may be sent, and what time does (`e2ee.md` 4.4, 10, 11).
extension Engine {
    /// Milliseconds that a gap in the order may last before it is a reason, and before only a new place helps.
    static var behindAfter: UInt64 { 2_000 }
    static var closeAfter: UInt64 { 5_000 }
    static var resyncAfter: UInt64 { 20_000 }
    /// So often the log is read while no sign of the host comes.
    static var probeAfter: UInt64 { 10_000 }
    /// The service has five seconds to take back a Commit (`e2ee.md` 5, rule 6), and a moment to say so.
    static var voidAfter: UInt64 { 7_000 }
    /// A log that does not come is asked for again.
    static var askAgainAfter: UInt64 { 2_000 }

    /// Why nothing may be sent now.
    func reasons(now: EngineTime) -> GateReasons {
        guard self.place != nil, self.state.isMember else { return [] }
        var reasons = self.proof.reasons(at: now.monotonic)
        if let since = self.order.missingSince, now.monotonic >= since + Self.closeAfter { reasons.insert(.behind) }
        // The others may be in an epoch without somebody who is in ours.
        if self.lost?.isBehind == true { reasons.insert(.behind) }
        if self.putOut.isBack { reasons.insert(.stranger) }
        if self.hasUnequalCode { reasons.insert(.compareFail) }
        if let place = self.place, self.lacksConsent(place) { reasons.insert(.consent) }
        return reasons
    }

    /// Whether anything may be sent. Where the person's consent is all that is missing, the group is the right one, and what only
    /// members read goes on.
    func gate(now: EngineTime) -> Gate {
        let reasons = self.reasons(now: now)
        return Gate(isLive: self.state == .live || (self.state == .paused && reasons == .consent), reasons: reasons)
    }

    mutating func elapse(now: EngineTime) {
        self.expire(now: now)
        if let at = self.entry.retryAt, now.monotonic >= at, self.line.challenge != nil {
            self.entry.retryAt = nil
            if self.state == .resync { self.askForGroup() } else if self.place == nil { self.check(now: now) }
        }
        if let at = self.line.bindAgainAt, now.monotonic >= at {
            self.line.bindAgainAt = nil
            self.bind()
        }
        self.knockAgain(now: now)
        self.elapseProposal(now: now)
        self.elapseJoin(now: now)
        self.elapseOrder(now: now)
        self.probe(now: now)
        self.elapseReplay(now: now)
        guard let place = self.place, self.state.isMember else { return self.post(now: now) }
        self.proof.stand(place, now: now.monotonic)
        self.settle(now: now)
        self.elapseRemovals(now: now)
        self.elapseRegathering(now: now)
        for command in self.wishes.takeOverdue(now: now.monotonic) { self.tell(.refused(command)) }
        self.sendProfile(now: now)
        self.reclaimSpotlight(now: now)
        self.shareLobbyKey(now: now)
        self.sayConsents(now: now)
        self.post(now: now)
        self.givePasses(now: now)
        self.replaceMissingInvite(now: now)
        self.announceInvite(now: now)
        self.beacon(now: now)
        self.challenge(now: now)
        self.elapseComparison(now: now)
        self.elapseOrphans(now: now)
        self.merge(now: now)
    }

    private mutating func elapseOrder(now: EngineTime) {
        if let lost = self.lost, now.monotonic >= lost.resyncAt {
            self.lost = nil
            return self.resync(now: now)
        }
        guard let since = self.order.missingSince, self.place != nil, self.state.isMember else { return }
        if now.monotonic >= since + Self.resyncAfter, self.line.challenge != nil { return self.resync(now: now) }
        if let asked = self.order.askedAt, now.monotonic >= asked + Self.askAgainAfter { self.order.askedAt = nil }
        self.fetchLog(now: now)
    }

    /// Silence may mean that we were taken out of the group, and that the message did not reach us.
    private mutating func probe(now: EngineTime) {
        guard self.state.isMember, self.line.isBound, !self.order.isBehind,
            self.proof.reasons(at: now.monotonic).contains(.noProof), now.monotonic >= self.probedAt + Self.probeAfter
        else { return }
        guard let place = self.place, let next = self.order.next else { return }
        self.probedAt = now.monotonic
        self.send(.get(GetFrame(.log, groupID: place.groupID, from: next)), for: .probe)
    }

    /// The state that follows from gate and gap.
    private mutating func settle(now: EngineTime) {
        let reasons = self.reasons(now: now)
        if let since = self.order.missingSince, now.monotonic >= since + Self.behindAfter {
            return self.enter(.behind)
        }
        switch self.state {
        case .unproven:
            if reasons.isEmpty {
                self.enter(.live)
            } else if !reasons.contains(.noProof) || !self.proof.isWaiting(at: now.monotonic) {
                self.enter(.paused)
            }
        case .behind: self.enter(reasons.isEmpty ? .live : .paused)
        default: self.enter(reasons.isEmpty ? .live : .paused)
        }
    }

    mutating func tellGate(now: EngineTime) {
        guard self.state.isMember || self.state == .resync || self.state == .restored else { return }
        var reasons = self.reasons(now: now)
        // Nothing of a group is believed before it is proven.
        if self.state == .unproven { reasons.insert(.noProof) }
        if self.state == .resync { reasons.insert(.behind) }
        if self.state == .restored { reasons.insert(.restored) }
        guard reasons != self.told.gate else { return }
        self.told.gate = reasons
        self.tell(.gate(reasons))
    }

    mutating func tellRoster(now: EngineTime) {
        guard let place = self.place, self.mayShow else { return }
        let isService = place.ownService != nil
        let roster = place.meeting.occupants.map { occupant in
            let isOwn = occupant.index == place.ownLeaf
            let usable = isService ? self.consents.usable(of: occupant.key) : []
            // A service drops everything of whoever did not agree, and a name is the first of it.
            let isNamed = !isService || isOwn || occupant.isService || !usable.isEmpty
            return RosterEntry(
                leaf: occupant.index, signatureKey: occupant.key,
                name: isNamed ? self.people[occupant.key]?.name ?? [] : [],
                role: place.roles[occupant.index]?.role ?? .participant, isOwn: isOwn,
                label: self.label(of: occupant, place.roles[occupant.index] ?? .guest),
                isHandUp: self.people.hands.contains(occupant.key),
                isSilent: self.proof.signs.isSilent(occupant.key, now: now.monotonic),
                service: occupant.profile?.service.map {
                    ServiceView(info: $0, answer: self.consents.book.answer(to: occupant))
                }, usable: usable)
        }
        guard roster != self.told.roster else { return }
        self.told.roster = roster
        self.tell(.roster(roster))
    }

    /// What is known about somebody, by rules and not by what anybody says of themselves (`e2ee.md` 9).
    private func label(of occupant: Occupant, _ standing: Standing) -> TrustLabel {
        if occupant.profile?.service != nil { return .service }
        if standing.isCertified { return .host }
        if self.people.verified.contains(occupant.key) { return .verified }
        return standing.isActing ? .actingHost : .guest
    }

    mutating func tellPolicy() {
        guard let place = self.place, self.mayShow else { return }
        let policy = PolicyView(place.policy, rights: place.own.rights)
        guard policy != self.told.policy else { return }
        self.told.policy = policy
        self.tell(.policy(policy))
    }

    /// What the person wants.
    mutating func carryOut(_ command: EngineCommand, now: EngineTime) {
        switch command {
        case .enter: self.start(now: now)
        case .admit(let hashes):
            let all = hashes.isEmpty ? self.waitingRoom.people : hashes
            guard !all.isEmpty else { return }
            self.waitingRoom.wanted(all)
            self.wantAsHost(.admit(all), .admit, command, now: now)
        case .refuse(let hash, let note): self.refuse(hash, note: note)
        case .message(let hash, let text): self.message(hash, text: text)
        case .eject(let key):
            self.people.admitted.remove(key)
            self.regathering?.forget([key])
            self.wantAsHost(.remove(key, isFinal: true), .eject, command, now: now)
        case .sendBack(let key):
            self.people.admitted.remove(key)
            self.regathering?.forget([key])
            self.wantAsHost(.remove(key, isFinal: false), .eject, command, now: now)
        case .lock(let isLocked):
            self.regathering?.leaveDoor()
            self.wantAsHost(.policy(.lock(isLocked)), .policy, command, now: now)
        case .setAdmission(let admission):
            self.regathering?.leaveDoor()
            self.wantAsHost(.policy(.admission(admission)), .policy, command, now: now)
        case .makeCohost(let key):
            guard self.place.map({ $0.own.role == .host && $0.mayLead(key) }) ?? false else {
                return self.tell(.refused(command))
            }
            self.wantAsHost(.policy(.cohost(key)), .policy, command, now: now)
        case .withdrawCohost(let key):
            guard self.place?.own.role == .host else { return self.tell(.refused(command)) }
            self.wantAsHost(.policy(.noCohost(key)), .policy, command, now: now)
        case .revokeTicket(let key):
            guard let place = self.place, place.own.role == .host, key != place.policy.descriptor.authorityKey else {
                return self.tell(.refused(command))
            }
            guard !self.isInUse(key) else { return self.tell(.refused(command, why: .inUse)) }
            self.wantAsHost(.policy(.ticket(key)), .policy, command, now: now)
        case .setFeatures(let features):
            guard let policy = self.place?.policy, features.isSubset(of: policy.descriptor.featuresMax) else {
                return self.tell(.refused(command))
            }
            let change = FeatureChange(to: features, from: policy.features, behind: self.featureChanges)
            // What is wanted last counts, all of it.
            self.intents.removeAll { if case .policy(.features) = $0 { true } else { false } }
            self.wantAsHost(.policy(.features(change)), .policy, command, now: now)
        case .compare: self.wantAsHost(.policy(.comparing(true)), .policy, command, now: now)
        case .compared(let isEqual): self.conclude(isEqual)
        case .continueUnhosted:
            guard self.place != nil, self.reasons(now: now).contains(.unhosted) else {
                return self.tell(.refused(command))
            }
            self.proof.goOn(at: now.monotonic)
        case .send(let kind, let body, let leaves):
            let kind = AppMessage.Kind(rawValue: kind)
            guard Saying.isOne(kind), leaves.isEmpty else { return self.tell(.refused(command)) }
            self.write(kind, body, to: .everybody, command, now: now)
        case .direct(let keys, let kind, let body):
            self.write(AppMessage.Kind(rawValue: kind), body, alone: keys, now: now)
        case .rename(let name): self.rename(name, now: now)
        case .rotateLink: self.rotateLink(now: now)
        case .consent(let key, let info, let isGiven, let text):
            self.answer(key, info, isGiven: isGiven, text: text, command, now: now)
        case .leave: self.leave()
        }
    }

    /// What we are switching already.
    private var featureChanges: [FeatureChange] {
        mutating get {
            var intents = self.intents
            if let flight = self.inFlight?.intent { intents.append(flight) }
            return intents.compactMap { if case .policy(.features(let change)) = $0 { change } else { nil } }
        }
    }

    private mutating func wantAsHost(
        _ intent: Intent, _ right: Rights, _ command: EngineCommand, now: EngineTime
    ) {
        guard let place = self.place, place.own.rights.contains(right) else { return self.tell(.refused(command)) }
        self.wishes.make(intent, command, now: now.monotonic)
        self.want(intent)
    }

    /// Says goodbye, so that the others take us out of the keys, and goes.
    mutating func leave() {
        if self.place != nil, self.line.isOpen {
            do throws(E2EEError) {
                if let message = try self.group?.propose(.selfRemove(SelfRemove())) {
                    self.send(.propose(message.encoded))
                }
            } catch {
                // The server notices that we are gone all the same.
                self.report(.app)
            }
        }
        self.enter(.out(.left))
    }
}
