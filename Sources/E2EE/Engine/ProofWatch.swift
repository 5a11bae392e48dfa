/// Signs that we are where the host is (`e2ee.md` 11), and what their absence means to us: which of its cases we are in.
struct ProofWatch: Sendable {
    /// What somebody's word proves to us.
    enum Witness: Sendable {
        /// That somebody is there.
        case member
        /// The epoch, as long as a certified leaf was there lately, or none is in.
        case successor
        /// The epoch.
        case certified
    }

    private var clock = ProofClock(.alone)
    /// How old signs of others are.
    var freshness = Freshness()
    /// When each host gave one.
    private(set) var signs = HostSigns()
    /// When we came in.
    private let since: UInt64
    private var isProven = false
    /// We know that this is the right group: we made it or were alone in it, somebody trusted proved it, or the person looked
    /// at who is in and said to go on. Before that our own word is worth nothing to others, whatever our role.
    private(set) var isConfirmed = false
    /// We made the group: there is nobody who could prove anything to us.
    private var isFounder = false
    /// Whose word proved this group to us, by key: only their goodbye says that they are gone.
    private var known: Set<[UInt8]> = []
    /// The person said to go on without a host.
    private var mayGoOn = false
    /// The last host went by a way that no server can take: its own goodbye, or a host's Commit.
    private var wentProperly = false

    init(since: UInt64 = 0) { self.since = since }

    /// Somebody trusted is where we are. When they were, a Commit, a Welcome or a Beacon that nobody measured does not say; long
    /// after we came it counts no more, for a server may have kept it for then.
    mutating func confirmed(by witness: Witness, _ key: [UInt8]?, now: UInt64) {
        guard witness != .member, now < self.since + ProofClock.closedAfter else { return }
        self.isProven = true
        self.isConfirmed = true
        if let key { self.known.insert(key) }
        self.clock.firstProof(now: now)
    }

    /// A Beacon, by the author's own clock, of our epoch. Without an answer to a question of ours nobody knows how old it is.
    mutating func sign(_ milliseconds: UInt64, by key: [UInt8], _ witness: Witness, now: UInt64) {
        let moment = self.freshness.moment(of: milliseconds, by: key, now: now)
        self.signs.note(key, at: moment ?? now)
        if let moment {
            self.sign(at: moment, witness, key)
        } else {
            self.confirmed(by: witness, key, now: now)
        }
    }

    /// The answer to a question of ours, by the author's own clock. False when nobody asked that, or asked them.
    mutating func answer(
        _ nonces: [[UInt8]], _ milliseconds: UInt64, by key: [UInt8], _ witness: Witness, now: UInt64
    ) -> Bool {
        if witness == .member {
            guard case .unhosted = self.clock.footing else { return false }
        }
        guard let moment = self.freshness.answered(nonces, milliseconds, by: key, now: now) else { return false }
        self.signs.note(key, at: moment)
        self.sign(at: moment, witness, key)
        return true
    }

    private mutating func sign(at moment: UInt64, _ witness: Witness, _ key: [UInt8]) {
        guard witness != .member else { return self.clock.sign(at: moment) }
        self.isProven = true
        self.isConfirmed = true
        self.known.insert(key)
        self.clock.proof(at: moment, isCertified: witness == .certified)
    }

    /// Whether others may take our word for the epoch, as far as we are a successor: who stands in once that is right, who stands
    /// by for as long as a host was there lately.
    func maySucceed(_ own: Standing, at now: UInt64) -> Bool {
        own.isActing ? self.clock.footing == .certified : self.clock.knowsHost(now: now)
    }

    /// Our clock may have stood still for so long.
    mutating func overslept(_ milliseconds: UInt64) {
        self.clock.age(by: milliseconds)
        self.signs.age(by: milliseconds)
        self.freshness.forget()
    }

    /// Whether it is time to ask: nothing is known yet, or no sign of late.
    func wantsAnswer(at now: UInt64, hasTrusted: Bool) -> Bool {
        switch self.clock.footing {
        case .alone: false
        // A host who waited too long for another one's word still hears it.
        case .unhosted(isAccepted: false): hasTrusted && self.freshness.isDue(now: now, isSilent: true)
        case .certified, .hosted, .unhosted(isAccepted: true):
            self.freshness.isDue(now: now, isSilent: self.clock.isSilent(for: Freshness.silentAfter, now: now))
        }
    }

    mutating func founded() {
        self.isFounder = true
        self.isConfirmed = true
    }

    /// We were in this group before, and knew it for the right one.
    mutating func remembered() { self.isConfirmed = true }

    /// The person goes on without a host; until one is there again.
    mutating func goOn(at now: UInt64) {
        self.mayGoOn = true
        self.isConfirmed = true
        self.clock.sign(at: now)
    }

    /// What a Commit does to the absence of hosts.
    mutating func follow<Crypto: CryptoProvider>(
        _ before: Place<Crypto>, _ after: Place<Crypto>, _ report: CommitReport, now: UInt64
    ) {
        self.freshness.follow(after)
        let gone = before.proofSet.filter { before.key(of: $0) != after.key(of: $0) }
        let wentProperly = self.wentProperly(gone, before, report)
        self.forget(gone, before, after, report)
        // Until now we were the word for the others ourselves, and the host who is back has to hear one.
        let wasWord = self.clock.footing == .certified || (self.isConfirmed && before.meeting.occupants.count == 1)
        if before.own.isActing, !after.own.isActing, wasWord { self.clock.proof(at: now) }
        // Whoever came to lead is asked at once, so that their word counts, and their goodbye.
        let ledBefore = before.proofSet.map { before.key(of: $0) }
        if after.proofSet.contains(where: { !ledBefore.contains(after.key(of: $0)) }) { self.freshness.want() }
        // Whoever stands in waits for no other successor.
        guard after.proofSet.isEmpty || after.own.isActing else {
            self.wentProperly = false
            self.mayGoOn = false
            // From now on there is somebody who can prove it.
            if !after.own.isCertified { self.isFounder = false }
            return
        }
        guard !before.proofSet.isEmpty, !before.own.isActing else { return }
        self.wentProperly = wentProperly
    }

    /// Whether these went by their own word or a host's Commit, and we knew them for who they are: a host who was led into the
    /// past, or somebody who has to stand in and is not sure, may say goodbye as well.
    private func wentProperly<Crypto: CryptoProvider>(
        _ gone: [UInt32], _ before: Place<Crypto>, _ report: CommitReport
    ) -> Bool {
        // Where nobody went they lost their roles by a host's word.
        (gone.isEmpty ? before.proofSet : gone).allSatisfy { leaf in
            guard let key = before.key(of: leaf), self.known.contains(key) else { return false }
            return gone.isEmpty || self.isByWord(leaf, before, report)
        }
    }

    /// Whether somebody went by their own word, or by a host's Commit.
    private func isByWord<Crypto: CryptoProvider>(
        _ leaf: UInt32, _ before: Place<Crypto>, _ report: CommitReport
    ) -> Bool {
        let wasByHost = before.roles[report.committer]?.isCertified == true && report.sender.type == .member
        return report.proposals.contains { item in
            switch (item.proposal, item.sender) {
            case (.selfRemove, .member(leaf)): true
            case (.remove(let remove), .member): remove.removed == leaf && wasByHost
            default: false
            }
        }
    }

    /// Whoever came anew is not known yet, under an old key either; and where the server took a host away nobody is, until their
    /// word counts again.
    private mutating func forget<Crypto: CryptoProvider>(
        _ gone: [UInt32], _ before: Place<Crypto>, _ after: Place<Crypto>, _ report: CommitReport
    ) {
        for leaf in report.added { if let key = after.key(of: leaf) { self.known.remove(key) } }
        for leaf in gone { if let key = before.key(of: leaf) { self.known.remove(key) } }
        let isTaken = gone.contains { before.roles[$0]?.isCertified == true && !self.isByWord($0, before, report) }
        if isTaken { self.known = [] }
    }

    /// Takes our place in the epoch.
    mutating func stand<Crypto: CryptoProvider>(_ place: Place<Crypto>, now: UInt64) {
        // Alone nobody else has the keys, and whoever comes later is seen to come.
        if place.meeting.occupants.count == 1 { self.isConfirmed = true }
        if place.own.isActing, self.isAgreed(place) { self.isConfirmed = true }
        let hosts = place.proofSet.filter { place.roles[$0]?.isCertified == true }
        self.signs.follow(hosts.compactMap { place.key(of: $0) }, now: now)
        self.clock.stand(self.footing(place, now: now), now: now)
    }

    private func footing<Crypto: CryptoProvider>(_ place: Place<Crypto>, now: UInt64) -> ProofClock.Footing {
        if place.meeting.occupants.count == 1 { return .alone }
        let others = place.proofSet
        // A host is whom the others wait for, and so is whoever stands in. But who has to stand in because the server took the
        // host away is asked first: the host may have gone on elsewhere.
        let mayGoOn = self.isAgreed(place) || self.wentProperly || self.mayGoOn || self.isFounder
        if self.isConfirmed, place.own.isCertified || (place.own.isActing && mayGoOn) { return .certified }
        if place.own.isCertified {
            // Coming into a group a host looks first: another host's leaf in a tree proves nothing, that host's beacon does.
            // Where none comes the person is asked.
            return others.isEmpty || self.isHopeless(at: now) ? .unhosted(isAccepted: false) : .hosted
        }
        if !others.isEmpty, !place.own.isActing { return .hosted }
        return .unhosted(isAccepted: mayGoOn)
    }

    /// What the policy alone says counts once somebody trusted proved the group; before that it is the word of whoever made
    /// it. The descriptor is the authority's.
    private func isAgreed<Crypto: CryptoProvider>(_ place: Place<Crypto>) -> Bool {
        place.policy.descriptor.flags.contains(.unhostedOK)
            || (self.isProven && place.policy.flags.contains(.unhostedOK))
    }

    /// Why the gate is closed for want of proof, if it is.
    func reasons(at now: UInt64) -> GateReasons {
        if case .closed(let reasons) = self.clock.reading(now: now) { reasons } else { [] }
    }

    /// Whether somebody trusted was seen here so lately that a link may be told (`e2ee.md` 8).
    func isFresh(at now: UInt64) -> Bool { self.clock.hasProof(youngerThan: Self.freshFor, now: now) }

    private static var freshFor: UInt64 { 10_000 }

    /// Nothing was proven since we came in, and it was long enough.
    func isHopeless(at now: UInt64) -> Bool { !self.isProven && now >= self.since + ProofClock.closedAfter }

    /// Nothing was proven since we came in, and it still may be.
    func isWaiting(at now: UInt64) -> Bool { !self.isProven && now < self.since + ProofClock.closedAfter }
}
