internal import Wire

/// Passes for people who drop out (`e2ee.md` 4.1, 4.3): who gives them, and who keeps them.
extension Engine {
    /// Gives passes to those who have none, when it is our turn.
    mutating func givePasses(now: EngineTime) {
        guard let place = self.place, self.line.isBound, !self.order.isBehind,
            let rank = place.passGivers.firstIndex(of: place.ownLeaf), let identity = self.identity
        else { return }
        guard self.gate(now: now).maySend(kind: AppMessage.Kind.passes.rawValue, hasFreshProof: false) else { return }
        let due = self.passDesk.due(now: now.monotonic, rank: rank)
        guard !due.isEmpty, let chain = self.admittingChain(place) else { return }
        // Those who give them too are told, so that they need not; where it is everybody, everybody is.
        let others = place.passGivers.filter { $0 != place.ownLeaf }
        let isForAll = due.count == place.passKeys.count
        do throws(E2EEError) {
            var part: [ReentryPass] = []
            var size = 0
            for key in due {
                let unsigned = ReentryPass(
                    self.instance, generation: place.policy.passGeneration, subject: key, issuer: chain)
                let pass = try unsigned.signed(by: identity.signatureKey.secret, self.crypto)
                let count = pass.encoded.count
                if size + count > Passes.byteCountMax || part.count == Passes.countMax {
                    self.hand(part, place, others, isForAll, now: now)
                    part = []
                    size = 0
                }
                part.append(pass)
                size += count
            }
            self.hand(part, place, others, isForAll, now: now)
        } catch {
            self.report(.signature)
        }
    }

    private mutating func hand(
        _ passes: [ReentryPass], _ place: Place<Crypto>, _ others: [UInt32], _ isForAll: Bool, now: EngineTime
    ) {
        let keys = passes.map { $0.subjectKey }
        let leaves = keys.compactMap { place.occupant(withKey: $0)?.index }
        let number = self.passDesk.send(keys)
        let isSaid = self.say(
            .passes, Passes(passes).encoded, to: isForAll ? [] : Set(leaves + others).sorted(), for: .passes(number),
            now: now)
        if !isSaid { self.passDesk.failed(number, now: now.monotonic) }
    }

    /// The chain by which we let people in: our own, or one that a host gave our key in the policy. Whoever only stands in for
    /// a host has none, and gives no passes.
    func admittingChain(_ place: Place<Crypto>) -> Chain? {
        guard let own = place.key(of: place.ownLeaf) else { return nil }
        let chains = (self.chain.map { [$0] } ?? []) + place.policy.roles.filter { $0.subjectKey == own }
        return chains.first { $0.rights.contains(.admit) && place.standings.rule.isValid($0, for: own) }
    }

    /// Somebody gave passes. Only whoever may admit does, and their own; of them we keep ours, if it is one.
    mutating func gotPasses(_ body: [UInt8], by leaf: UInt32, _ place: Place<Crypto>) {
        guard place.roles[leaf]?.rights.contains(.admit) == true, let said = Passes(read: body),
            let own = place.key(of: place.ownLeaf), let issuer = place.key(of: leaf),
            said.passes.allSatisfy({ $0.issuer.subjectKey == issuer })
        else { return self.report(.app, leaf: leaf) }
        if leaf != place.ownLeaf { self.passDesk.saw(said.passes, by: issuer) }
        for pass in said.passes.filter({ $0.subjectKey == own }).prefix(HeldPasses.countMax) {
            guard pass.isValid(for: own, generation: place.policy.passGeneration, place.standings.rule) else {
                return self.report(.app, leaf: leaf)
            }
            self.passes.keep(pass)
        }
    }

    /// The policy of an epoch says what passes are worth, and who gives them.
    mutating func followPasses(_ place: Place<Crypto>, now: EngineTime) {
        self.passes.follow(place.policy)
        if place.passGivers.contains(place.ownLeaf) {
            self.passDesk.follow(place, now: now.monotonic)
        } else {
            self.passDesk = PassDesk()
        }
    }

    /// Whether a pass brings its owner in through a lock here.
    func isValid(_ pass: ReentryPass?, for leafNode: LeafNode) -> Bool {
        guard let pass, let place = self.place else { return false }
        return pass.isValid(
            for: leafNode.signatureKey, generation: place.policy.passGeneration, place.standings.rule)
    }

    /// Whether a joiner comes back by itself as we would have it. A pass opens every door to them by the rules, and the rules know
    /// nobody's wishes; but whom somebody took out by hand is not passed on (`e2ee.md` 4.4, 5 rule 2). Nothing when we did not
    /// see how they went: then somebody else may know, and when nobody does they knock.
    func isWelcomeBack(_ report: CommitReport) -> Bool? {
        guard case .reentry(let pass)? = JoinAuth(read: report.authenticatedData) else { return true }
        return self.people.departures[pass.subjectKey].map { $0 == .lost }
    }
}

extension Place {
    /// Leaves that give passes: by certificate, with the right to admit; the lowest first.
    var passGivers: [UInt32] {
        self.meeting.occupants.map { $0.index }.filter { leaf in
            self.roles[leaf].map { $0.isCertified && $0.rights.contains(.admit) } ?? false
        }.sorted()
    }

    /// Signature keys of those who get them: people, without us.
    var passKeys: [[UInt8]] {
        self.meeting.occupants.filter { $0.index != self.ownLeaf && !$0.isService }.map { $0.key }
    }
}
