internal import Wire

/// What the delivery service says.
extension Engine {
    mutating func receive(_ bytes: [UInt8], now: EngineTime) {
        do throws(E2EEError) {
            let frame = try Frame(decoding: bytes)
            try self.follow(try ServerFrame(frame), request: frame.request, now: now)
        } catch {
            // A server that sends junk gets no answer; what it should have sent will be missed, and the gate closes.
            self.report(.frame)
        }
    }

    private mutating func follow(
        _ frame: ServerFrame, request: UInt32, now: EngineTime
    ) throws(E2EEError) {
        switch frame {
        case .hello(let challenge, let key): self.greeted(challenge, key, now: now)
        case .ok: self.succeeded(self.line.take(request), now: now)
        case .error(let error): self.failed(self.line.take(request), error, now: now)
        case .data(let bytes):
            guard let purpose = self.line.take(request) else { return }
            try self.got(try DataFrame(decoding: bytes), for: purpose, now: now)
        case .event(let event): self.follow(event, now: now)
        case .candidate(let event): self.judge(event, now: now)
        case .welcome(let message, let sequence, let reference):
            self.welcomed(message, sequence: sequence, reference, now: now)
        case .duty(let groupID, let epoch, let duty): self.called(to: duty, groupID, epoch)
        case .lost(let groupID, let leaf, _): self.hinted(loss: leaf, of: groupID)
        case .lobby(let bytes): self.follow(try LobbyFrame(decoding: bytes), now: now)
        case .ended(let groupID): self.ended(groupID, now: now)
        case .void(let groupID, let sequence): self.voided(groupID, sequence, now: now)
        }
    }

    /// A hint that nobody has to believe: who is in is in the tree. It counts for whether a host may give somebody's seat away.
    private mutating func hinted(loss leaf: UInt32, of groupID: [UInt8]) {
        guard let place = self.place, place.groupID == groupID, leaf != place.ownLeaf, let key = place.key(of: leaf)
        else { return }
        self.people.lostLine(key)
    }

    /// A connection begins: whoever is in shows its leaf and reads what it missed, others go on coming in.
    private mutating func greeted(_ challenge: [UInt8], _ key: [UInt8], now: EngineTime) {
        guard self.line.challenge == nil else { return }
        self.line.challenge = challenge
        self.line.serverKey = key
        if self.place != nil {
            self.bind()
            self.order.fallBehind(now: now.monotonic)
        } else if self.state != .idle {
            self.check(now: now)
        }
    }

    private mutating func succeeded(_ purpose: Line.Purpose?, now: EngineTime) {
        switch purpose {
        case .bind: self.bound(now: now)
        case .showHost, .showFormer: self.askForGroup()
        case .showGuest: self.knock(now: now)
        case .passes(let number): self.passDesk.arrived(number, by: self.identity?.signaturePublicKey ?? [])
        case .inviteUpdate(let epoch): self.rotation?.told(in: epoch)
        case .consent(let number): self.saidConsent(number)
        case .letter(let number): self.outbox.arrived(number)
        case .profile: self.people.tookOwn()
        case .join(let number):
            if self.joining?.number == number { self.joining?.arrivesBy = now.monotonic + Line.patience }
        default: break
        }
    }

    private mutating func failed(
        _ purpose: Line.Purpose?, _ error: ServerFrame.DeliveryError, now: EngineTime
    ) {
        switch purpose {
        case .create: self.createFailed(error, now: now)
        case .bind: self.bindFailed(error, now: now)
        case .showGuest: error == .denied ? self.enter(.out(.denied)) : self.tryAgain(now: now, counts: false)
        case .showFormer: self.showingFormerFailed(error, now: now)
        case .groupInfo, .tree, .joinLog, .showHost: self.entryFailed(error, now: now)
        case .descriptors: error == .gone ? self.enter(.out(.badLink)) : self.tryAgain(now: now, counts: false)
        case .knock: self.knockFailed(error, now: now)
        case .join(let number): if self.joining?.number == number { self.joinFailed(error, now: now) }
        case .joinProposal: self.proposalFailed(error, now: now)
        case .commit(let number): if self.inFlight?.number == number { self.commitFailed(error, now: now) }
        case .log:
            // What we need is not there any more: only a new place helps.
            self.order.askedAt = nil
            if error == .gone || error == .unknownGroup || error == .denied { self.resync(now: now) }
        case .profile:
            self.people.isOwnSent = false
            self.people.ownAgainAt = now.monotonic + Self.letterPause(after: error)
            self.doubt(error)
        case .passes(let number):
            self.passDesk.failed(number, now: now.monotonic)
            self.doubt(error)
        case .inviteUpdate:
            self.rotation?.failed(now: now.monotonic)
            self.doubt(error)
        case .letter(let number):
            self.outbox.refused(number, pause: Self.letterPause(after: error), now: now.monotonic)
            self.doubt(error)
        case .consent(let number):
            self.consents.failed(number, pause: Self.letterPause(after: error), now: now.monotonic)
            self.doubt(error)
        case .challenge:
            if error == .stale { self.proof.freshness.missed(now: now.monotonic) }
            self.doubt(error)
        case .app, .probe: self.doubt(error)
        case .epoch: self.resync(now: now)
        case .other, nil: break
        }
    }

    /// No answer came. The question is asked again, or the log tells what became of it.
    mutating func expire(now: EngineTime) {
        guard self.line.isOpen else { return }
        if self.line.challenge == nil, now.monotonic >= self.greetedBy {
            self.greetedBy = now.monotonic + Line.patience
            return self.tell(.reconnect)
        }
        for purpose in self.line.takeExpired(now: now.monotonic) {
            switch purpose {
            case .descriptors: self.check(now: now)
            // Silence is no refusal: it is tried again for as long as the person waits.
            case .showHost, .showGuest, .showFormer, .groupInfo, .tree, .joinLog:
                self.tryAgain(now: now, counts: false)
            case .knock: if self.state == .knocking { self.entry.retryAt = now.monotonic }
            case .join(let number):
                if self.joining?.number == number { self.joinUnjudged(now: now) }
            case .create, .bind: self.bind()
            case .log: self.order.askedAt = nil
            case .commit(let number):
                guard self.inFlight?.number == number else { continue }
                self.requeue()
                self.order.fallBehind(now: now.monotonic)
            case .profile: self.people.isOwnSent = false
            case .passes(let number): self.passDesk.failed(number, now: now.monotonic)
            case .inviteUpdate: self.rotation?.failed(now: now.monotonic)
            case .letter(let number): self.outbox.failed(number, pause: 0, now: now.monotonic)
            case .consent(let number): self.consents.failed(number, pause: 0, now: now.monotonic)
            case .joinProposal, .probe, .epoch, .app, .challenge, .other: break
            }
        }
    }

    private mutating func got(_ data: DataFrame, for purpose: Line.Purpose, now: EngineTime) throws(E2EEError) {
        switch (data, purpose) {
        case (.descriptors(let meeting, let lobby, let certificate), .descriptors):
            self.gotDescriptors(meeting, lobby, certificate, now: now)
        case (.groupInfo(let info), .groupInfo): self.gotGroupInfo(info, now: now)
        case (.groupInfo(let info), .epoch): self.gotEpoch(info, now: now)
        case (.tree(_, let sequence, let tree, let info), .tree): self.gotTree(tree, sequence: sequence, info, now: now)
        case (.log(let next, let last, let lines), .joinLog): self.gotJoinLog(next, last, lines, now: now)
        case (.log(let next, let last, let lines), .log): self.gotLog(next, last, lines, now: now)
        case (.log(_, let last, _), .probe):
            guard let next = self.order.next, last >= next, !self.order.isBehind else { return }
            self.order.fallBehind(now: now.monotonic)
            self.fetchLog(now: now)
        default: throw E2EEError(.validation, .unknown)
        }
    }

    /// What a member says is refused only to those whose leaf the server does not know here: we show it, and learn more.
    private mutating func doubt(_ error: ServerFrame.DeliveryError) {
        guard error == .denied || error == .unknownGroup, self.place != nil, self.line.bindAgainAt == nil else {
            return
        }
        self.line.bindAgainAt = self.moment + Line.bindPause
    }

    /// Our own chain, or the one a host gave our key in the policy: the service lets co-hosts do what they may.
    private var chainToShow: Chain? {
        guard let place = self.place, let identity = self.identity, !self.isCertified else { return self.chain }
        return place.policy.roles.first { $0.subjectKey == identity.signaturePublicKey } ?? self.chain
    }

    /// Shows the service that we may more than before, or less.
    mutating func showPowers() {
        guard self.line.isBound, self.chainToShow != self.chainShown else { return }
        self.bind()
    }

    /// Shows that our connection holds our leaf.
    mutating func bind() {
        guard let challenge = self.line.challenge, let identity = self.identity, let place = self.place else {
            return
        }
        do throws(E2EEError) {
            let signature = try Labelled<Crypto>.sign(
                self.crypto, identity.signatureKey.secret, "bind", challenge + place.groupID)
            self.send(
                .bind(
                    BindFrame(
                        groupID: place.groupID, leaf: place.ownLeaf, chain: self.chainToShow, signature: signature)),
                for: .bind)
            self.chainShown = self.chainToShow
        } catch {
            self.report(.signature)
        }
    }
}
