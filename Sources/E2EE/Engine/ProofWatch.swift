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
    /// When we came in.
    private let since: UInt64
    private var isProven = false
    /// We know that this is the right group: we made it or were alone in it, somebody trusted proved it, or the person looked
    /// at who is in and said to go on. Before that our own word is worth nothing to others, whatever our role.
    private(set) var isConfirmed = false
    /// We made the group: there is nobody who could prove anything to us.
    private var isFounder = false
    /// The person said to go on without a host.
    private var mayGoOn = false
    /// The last host went by a way that no server can take: its own goodbye, or a host's Commit.
    private var wentProperly = false

    init(since: UInt64 = 0) { self.since = since }

    /// Somebody trusted is where we are. When they were, a Commit or a Welcome does not say.
    mutating func confirmed(by witness: Witness, now: UInt64) {
        guard witness != .member else { return }
        self.isProven = true
        self.isConfirmed = true
        self.clock.firstProof(now: now, isCertified: witness == .certified)
    }

    /// A Beacon, by the author's own clock, of our epoch. Without an answer to a question of ours nobody knows how old it is.
    mutating func sign(_ milliseconds: UInt64, by key: [UInt8], _ witness: Witness, now: UInt64) {
        self.confirmed(by: witness, now: now)
        if let moment = self.freshness.moment(of: milliseconds, by: key, now: now) { self.sign(at: moment, witness) }
    }

    /// The answer to a question of ours, by the author's own clock. False when nobody asked that.
    mutating func answer(
        _ nonces: [[UInt8]], _ milliseconds: UInt64, by key: [UInt8], _ witness: Witness, now: UInt64
    ) -> Bool {
        guard let moment = self.freshness.answered(nonces, milliseconds, by: key, now: now) else { return false }
        self.confirmed(by: witness, now: now)
        self.sign(at: moment, witness)
        return true
    }

    private mutating func sign(at moment: UInt64, _ witness: Witness) {
        switch witness {
        case .member: self.clock.sign(at: moment)
        case .successor, .certified: self.clock.proof(at: moment, isCertified: witness == .certified)
        }
    }

    /// Whether a certified leaf was here so lately that a successor may pass it on.
    func knowsHost(at now: UInt64) -> Bool { self.clock.knowsHost(now: now) }

    /// Our clock may have stood still for so long.
    mutating func overslept(_ milliseconds: UInt64) {
        self.clock.age(by: milliseconds)
        self.freshness.forget()
    }

    /// Whether it is time to ask how old the signs are that come: none came, or we do not know.
    func wantsAnswer(at now: UInt64) -> Bool {
        switch self.clock.footing {
        case .alone, .unhosted(isAccepted: false): false
        // Needs none to send, but to tell a new link (`e2ee.md` 8).
        case .certified: self.freshness.isDue(now: now, isSilent: false)
        case .hosted, .unhosted(isAccepted: true):
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
        _ before: Place<Crypto>, _ after: Place<Crypto>, _ report: CommitReport
    ) {
        self.freshness.follow(after)
        guard after.proofSet.isEmpty else {
            self.wentProperly = false
            self.mayGoOn = false
            // From now on there is somebody who can prove it.
            if !after.own.isCertified { self.isFounder = false }
            return
        }
        guard !before.proofSet.isEmpty else { return }
        let wasByHost = before.roles[report.committer]?.isCertified == true && report.sender.type == .member
        self.wentProperly = before.proofSet.allSatisfy { leaf in
            report.proposals.contains { item in
                switch (item.proposal, item.sender) {
                case (.selfRemove, .member(leaf)): true
                case (.remove(let remove), .member): remove.removed == leaf && wasByHost
                default: false
                }
            } || before.key(of: leaf) == after.key(of: leaf)
        }
    }

    /// Takes our place in the epoch.
    mutating func stand<Crypto: CryptoProvider>(_ place: Place<Crypto>, now: UInt64) {
        // Alone nobody else has the keys, and whoever comes later is seen to come.
        if place.meeting.occupants.count == 1 { self.isConfirmed = true }
        if place.own.isActing, self.isAgreed(place) { self.isConfirmed = true }
        self.clock.stand(self.footing(place, now: now), now: now)
    }

    private func footing<Crypto: CryptoProvider>(_ place: Place<Crypto>, now: UInt64) -> ProofClock.Footing {
        if place.meeting.occupants.count == 1 { return .alone }
        let others = place.proofSet
        // A host is whom the others wait for, and so is whoever stands in.
        let isTrusted = place.own.isCertified || (others.isEmpty && place.own.isActing)
        if isTrusted, self.isConfirmed { return .certified }
        if place.own.isCertified {
            // Coming into a group a host looks first: another host's leaf in a tree proves nothing, that host's beacon does.
            // Where none comes the person is asked.
            return others.isEmpty || self.isHopeless(at: now) ? .unhosted(isAccepted: false) : .hosted
        }
        if !others.isEmpty { return .hosted }
        return .unhosted(isAccepted: self.isAgreed(place) || self.wentProperly || self.mayGoOn || self.isFounder)
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
}
