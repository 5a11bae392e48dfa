internal import Wire

/// Comparing codes, so that people who hear each other know that nobody stands between them (`e2ee.md` 9).
extension Engine {
    /// The policy says that a round is on.
    var isComparing: Bool { self.place?.policy.flags.contains(.comparing) == true }

    /// Our Commit that froze admission is in force: the round begins.
    mutating func startRound(now: EngineTime) {
        guard let place = self.place else { return }
        do throws(E2EEError) {
            let nonce = try self.crypto.randomBytes(32)
            let start = CompareStart(
                round: try self.crypto.randomBytes(16),
                commitment: MeetingCode.compareCommitment(nonce, self.crypto))
            self.comparison.lead(start, nonce: nonce, leaf: place.ownLeaf, now: now.monotonic)
            self.say(.compareStart, start.encoded, now: now)
        } catch {
            self.want(.policy(.comparing(false)))
        }
    }

    /// A message of a round. Only in the epoch that froze admission, and led by whoever may set the policy.
    mutating func compared(_ message: AppMessage, by leaf: UInt32, _ place: Place<Crypto>, now: EngineTime) {
        guard self.isComparing else { return }
        switch message.kind {
        case .compareStart:
            guard let start = CompareStart(read: message.body), leaf != place.ownLeaf,
                place.roles[leaf]?.rights.contains(.policy) == true
            else { return self.report(.app, leaf: leaf) }
            guard let nonce = try? self.crypto.randomBytes(32),  // without one there is no code for us, and it shows
                self.comparison.join(start, by: leaf, own: place.ownLeaf, nonce: nonce, now: now.monotonic)
            else { return }
            self.say(.compareNonce, CompareNonce(round: start.round, nonce: nonce).encoded, now: now)
        case .compareNonce:
            guard let part = CompareNonce(read: message.body) else { return self.report(.app, leaf: leaf) }
            self.comparison.take(part, from: leaf)
        default:
            guard let reveal = CompareReveal(read: message.body) else { return self.report(.app, leaf: leaf) }
            self.finishRound(reveal, by: leaf, place)
        }
    }

    private mutating func finishRound(_ reveal: CompareReveal, by leaf: UInt32, _ place: Place<Crypto>) {
        guard let authenticator = try? self.group?.epochAuthenticator else { return self.comparison.fail() }
        self.comparison.finish(reveal, from: leaf, in: place, authenticator: authenticator, self.crypto)
    }

    /// What time does to a round, and to admission that a lost leader left frozen.
    mutating func elapseComparison(now: EngineTime) {
        self.comparison.expire(now: now.monotonic)
        guard let place = self.place, self.isComparing else {
            self.frozenSince = nil
            return
        }
        let since = self.frozenSince ?? now.monotonic
        self.frozenSince = since
        if let reveal = self.comparison.reveal(of: place.meeting.occupants.map { $0.index }, now: now.monotonic) {
            self.say(.compareReveal, reveal.encoded, now: now)
            self.finishRound(reveal, by: place.ownLeaf, place)
            return self.want(.policy(.comparing(false)))
        }
        if !self.comparison.isLeading, place.own.rights.contains(.policy),
            now.monotonic >= since + Comparison.frozenFor
        {
            self.want(.policy(.comparing(false)))
        }
    }

    /// While a round is on, people come and go a little later: an epoch in between would spoil the code.
    func waitsForRound(_ intent: Intent, now: EngineTime) -> Bool {
        guard self.isComparing, now.monotonic < (self.frozenSince ?? now.monotonic) + Comparison.frozenFor else {
            return false
        }
        return switch intent {
        case .admit, .joins, .removals, .heal: true
        case .remove, .orphans, .policy: false
        }
    }

    /// The person looked: equal, and those whose parts are in the code are who they say; or not.
    mutating func conclude(_ isEqual: Bool) {
        guard self.comparison.answer(isEqual) else { return self.tell(.refused(.compared(isEqual))) }
        self.hasUnequalCode = !isEqual
        if isEqual { self.people.verified.formUnion(self.comparison.people) }
    }

    /// Tells the meeting code of a new epoch, and how a round goes.
    mutating func tellCodes() {
        guard let place = self.place, self.mayShow else { return }
        if self.told.codeEpoch.map({ $0.group != place.groupID || $0.epoch != place.epoch }) ?? true,
            let authenticator = try? self.group?.epochAuthenticator, let code = MeetingCode.digits(of: authenticator)
        {
            self.told.codeEpoch = (place.groupID, place.epoch)
            self.tell(.code(code))
        }
        let view = CompareView(self.comparison)
        if view != self.told.compare {
            self.told.compare = view
            self.tell(.compare(view))
        }
    }
}
