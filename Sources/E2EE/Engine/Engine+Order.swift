internal import Wire

/// The group's messages, in their order.
extension Engine {
    mutating func follow(_ event: EventFrame, now: EngineTime) {
        if self.joining?.isMessage(event.message) == true { return self.joined(event.sequence, now: now) }
        guard let place = self.place, event.groupID == place.groupID else { return }
        var isSealed = false
        if case .privateMessage = event.message { isSealed = true }
        switch self.order.turn(of: event.sequence, isNumbered: !isSealed) {
        case .past:
            if case .publicMessage(let open) = event.message { self.compare(open) }
        case .now:
            self.order.took(event.sequence)
            self.take(event.message, sequence: event.sequence, now: now)
        case .early:
            self.order.fallBehind(now: now.monotonic)
            self.fetchLog(now: now)
        }
    }

    /// Asks for what we missed.
    mutating func fetchLog(now: EngineTime) {
        guard self.order.isBehind, self.order.askedAt == nil, self.line.isBound, let place = self.place,
            let next = self.order.next
        else { return }
        self.order.askedAt = now.monotonic
        self.send(.get(GetFrame(.log, groupID: place.groupID, from: next)), for: .log)
    }

    mutating func gotLog(_ next: UInt64, _ last: UInt64, _ lines: [DataFrame.LogLine], now: EngineTime) {
        guard self.order.isBehind, self.order.askedAt != nil else { return }
        for line in lines {
            guard self.place != nil else { return }
            guard line.sequence >= self.order.next ?? 0 || line.sequence &+ 1 == self.order.next else { continue }
            guard let message = MLSMessage(read: line.message) else {
                self.report(.frame)
                continue
            }
            if self.joining?.isMessage(message) == true {
                self.joined(line.sequence, now: now)
                continue
            }
            self.take(message, sequence: line.sequence, now: now)
        }
        guard self.place != nil, self.order.isBehind else { return }
        if next > last {
            self.order.caughtUp(next: next)
            // A Commit of ours that stands nowhere in the order got lost on its way.
            self.requeue()
            if self.state == .joining(.resync) {
                self.joining = nil
                self.enter(.resync)
                self.askForGroup()
            }
        } else {
            self.order.continues(at: next)
            self.fetchLog(now: now)
        }
    }

    /// One message of the group. What cannot be accepted is reported and changes nothing.
    private mutating func take(_ message: MLSMessage, sequence: UInt64, now: EngineTime) {
        if self.inFlight?.isMessage(message) == true { return self.adoptOwn(sequence, now: now) }
        // What changes the group is to be read by joiners, and what is said in it has nothing beside it (`e2ee.md` 4.1).
        if case .privateMessage(let sealed) = message,
            sealed.contentType != .application || !sealed.authenticatedData.isEmpty
        {
            return self.report(.frame)
        }
        if case .privateMessage = message, self.outbox.isInDoubt,
            let letter = self.outbox.saw(Outbox.mark(message.encoded))
        {
            self.finish(letter)
        }
        do throws(E2EEError) {
            guard let received = try self.group?.receive(message) else { return }
            switch consume received {
            case .application(let leaf, var bytes, _):
                self.heard(bytes, from: leaf, now: now)
                // It may have been the secret of a link. Whatever is kept of it, is kept by itself.
                bytes.wipe()
            case .proposal: break  // Kept by the group; whoever has the duty commits it.
            case .commit(let commit): try self.consider(commit, sequence: sequence, now: now)
            }
        } catch {
            self.refused(message, error, sequence: sequence, now: now)
        }
    }

    /// A Commit that is signed by whom it says: would it be valid, and may it be?
    private mutating func consider(
        _ commit: VerifiedCommit, sequence: UInt64, now: EngineTime
    ) throws(E2EEError) {
        guard let access = self.access, let place = self.place,
            let staged = try self.validate(commit, access)
        else { return }
        let authoriser = Authoriser(place.meeting, joinMACKey: access.invite.joinMAC, self.crypto)
        switch authoriser.authorise(staged.report) {
        case .deny(let code): self.deny(code, leaf: staged.report.committer, sequence: sequence)
        case .allow:
            let report = staged.report
            self.ack(sequence, isGood: true)
            if report.removesUs { return self.removed(by: report, now: now) }
            let before = try self.group?.context
            try self.group?.adopt(staged)
            if let before { self.forks.end(before, place, by: commit.message.content, self.crypto) }
            self.order.applied(sequence)
            try self.begin(report, sequence: sequence, now: now)
        }
    }

    /// What a Commit would do; an error names whoever signed it.
    private mutating func validate(
        _ commit: VerifiedCommit, _ access: Access
    ) throws(E2EEError) -> StagedCommit<Crypto>? {
        do throws(E2EEError) {
            return try self.group?.validate(commit, preSharedKeys: access.invite.preSharedKeys)
        } catch {
            guard error.leaf == nil, case .member(let leaf) = commit.sender else { throw error }
            throw E2EEError(error.owner, error.reason, leaf: leaf)
        }
    }

    /// The rules say no: the group as we know it stays, and everybody who decides for themselves says so.
    private mutating func deny(_ code: FaultCode, leaf: UInt32?, sequence: UInt64) {
        self.report(code, leaf: leaf)
        self.ack(sequence, isGood: false)
        guard let place = self.place else { return }
        self.send(.fault(FaultFrame(groupID: place.groupID, epoch: place.epoch, code: code.rawValue)))
    }

    private mutating func ack(_ sequence: UInt64, isGood: Bool) {
        guard let place = self.place else { return }
        self.send(.ack(groupID: place.groupID, sequence: sequence, isGood: isGood))
    }

    /// A message that does not open or does not hold.
    private mutating func refused(
        _ message: MLSMessage, _ error: E2EEError, sequence: UInt64, now: EngineTime
    ) {
        guard let place = self.place else { return }
        switch message {
        case .privateMessage(let sealed):
            // Of an epoch we have not got to: something is missing. Of an old one, or twice: nothing to see.
            if sealed.epoch > place.epoch { return self.missed(now: now) }
            guard sealed.epoch == place.epoch, error.reason != .generation else { return }
            // Of this epoch, and it does not open: who made it is not known.
            self.report(.app)
        case .publicMessage(let open):
            if open.content.epoch > place.epoch { return self.missed(now: now) }
            if open.content.epoch < place.epoch { return self.compare(open) }
            if error.reason == .own {
                // Our Commit came into the order after we had given it up, and its keys with it: others are there now.
                if case .commit = open.content.content { self.resync(now: now) }
                return
            }
            let code = FaultCode(refusal: error)
            if case .commit(let commit) = open.content.content {
                self.deny(code, leaf: error.leaf, sequence: sequence)
                // By the secret of a link that nobody told us: either to us alone, or to nobody but its author. Which of them
                // the service's answer tells, before we give up our place.
                if code == .psk, self.needsMissingInvite(commit) {
                    let resyncAt = self.lost?.resyncAt ?? now.monotonic + Self.voidAfter
                    self.lost = RefusedCommit(resyncAt: resyncAt, isBehind: true)
                    return
                }
                // A stranger's broken path is nobody's epoch. What nobody is known to have signed changes nothing.
                guard error.leaf != nil, open.content.sender.type == .member else { return }
                // Keys that come out wrong do so for everybody, and a path may: then the service takes that back, and all go on
                // where they were. Who stays alone with it looks for a new place.
                if code == .pathDecrypt || code == .confirmation {
                    let isBehind = code == .pathDecrypt || self.lost?.isBehind == true
                    let resyncAt = self.lost?.resyncAt ?? now.monotonic + Self.voidAfter
                    self.lost = RefusedCommit(resyncAt: resyncAt, isBehind: isBehind)
                }
            } else {
                self.report(code, leaf: error.leaf)
            }
        case .welcome, .groupInfo, .keyPackage: self.report(.frame)
        }
    }

    /// A Commit for an epoch that is over. Another one than we followed is a second truth, unless it was taken back.
    private mutating func compare(_ open: PublicMessage) {
        guard let place = self.place, self.forks.isSecond(open, self.crypto) else { return }
        self.report(.frame)
        self.send(
            .fault(FaultFrame(groupID: place.groupID, epoch: open.content.epoch, code: FaultCode.frame.rawValue)))
        self.enter(.out(.fault))
    }

    private mutating func missed(now: EngineTime) {
        // Somebody is in the epoch of the Commit that we refused: that is settled by a Void, or by a new place, and by
        // nothing in the log.
        guard self.lost == nil else {
            self.lost?.isBehind = true
            return
        }
        // The log was read to its end, and did not help: whatever is wrong, a new place puts it right.
        if self.order.isFutile { return self.resync(now: now) }
        self.order.fallBehind(now: now.monotonic)
        self.fetchLog(now: now)
    }

    /// Judges a joiner's Commit before it is ordered, so that a stranger cannot spoil epochs (`e2ee.md` 5, rule 2).
    mutating func judge(_ event: EventFrame, now: EngineTime) {
        guard let place = self.place, event.groupID == place.groupID, let access = self.access,
            self.state != .restored, self.group != nil,
            // Without the secret of today's link we cannot judge; another one is asked then.
            self.missingInvite == nil
        else { return }
        var isGood = false
        do throws(E2EEError) {
            if case .publicMessage(let open) = event.message, open.content.sender.type == .newMemberCommit,
                case .commit(_) = open.content.content,
                case .commit(let commit)? = try self.group?.receive(event.message),
                let staged = try self.group?.validate(commit, preSharedKeys: access.invite.preSharedKeys)
            {
                let authoriser = Authoriser(place.meeting, joinMACKey: access.invite.joinMAC, self.crypto)
                isGood =
                    authoriser.authorise(staged.report) == .allow
                    && self.isCurrent(staged.report.pathLeaf, now: now)
                if isGood {
                    // The next one is asked when we say nothing.
                    guard let isWelcome = self.isWelcomeBack(staged.report) else { return }
                    isGood = isWelcome
                }
            }
        } catch {
            isGood = false
        }
        self.send(.ack(groupID: event.groupID, sequence: event.sequence, isGood: isGood))
    }

    /// A Commit that everybody refused was taken back. Who applied it is somewhere else now.
    mutating func voided(_ groupID: [UInt8], _ sequence: UInt64, now: EngineTime) {
        guard let place = self.place, place.groupID == groupID else { return }
        self.lost = nil
        if sequence < self.order.safe {
            // What follows now stands in the place of what we followed.
            self.forks = ForkWatch()
            return self.resync(now: now)
        }
        self.order.fallBehind(now: now.monotonic)
        self.fetchLog(now: now)
    }

    /// The group is no more, for the server, which orders nothing in it from now on.
    mutating func ended(_ groupID: [UInt8], now: EngineTime) {
        guard let place = self.place, place.groupID == groupID else { return }
        // Alone there is nobody to go on with: whoever may found a group founds another one.
        if place.meeting.occupants.count == 1 { return self.lostPlace(now: now) }
        self.enter(.out(.ended))
    }
}

extension InFlight {
    /// Whether this is our Commit, come back.
    borrowing func isMessage(_ message: MLSMessage) -> Bool { message.encoded == self.message }
}

extension JoinInFlight {
    /// Whether this is our Commit, come back.
    borrowing func isMessage(_ message: MLSMessage) -> Bool { message.encoded == self.message }
}
