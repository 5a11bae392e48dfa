/// Signs that we are where the host is (`e2ee.md` 11), and what their absence means to us: which of its cases we are in.
struct ProofWatch: Sendable {
    private var clock = ProofClock(.alone)
    /// When we came in.
    private let since: UInt64
    private var isProven = false
    /// We made the group: there is nobody who could prove anything to us.
    private var isFounder = false
    /// The person said to go on without a host.
    private var mayGoOn = false
    /// The last host went by a way that no server can take: its own goodbye, or a host's Commit.
    private var wentProperly = false

    init(since: UInt64 = 0) { self.since = since }

    mutating func proven(at now: UInt64) {
        self.isProven = true
        self.clock.proof(now: now)
    }

    mutating func heardMember(at now: UInt64) { self.clock.sign(now: now) }

    mutating func founded() { self.isFounder = true }

    /// The person goes on without a host; until one is there again.
    mutating func goOn(at now: UInt64) {
        self.mayGoOn = true
        self.clock.sign(now: now)
    }

    /// What a Commit does to the absence of hosts.
    mutating func follow<Crypto: CryptoProvider>(
        _ before: Place<Crypto>, _ after: Place<Crypto>, _ report: CommitReport
    ) {
        guard after.proofSet.isEmpty else {
            self.wentProperly = false
            self.mayGoOn = false
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
            } || after.meeting.occupant(leaf) != nil
        }
    }

    /// Takes our place in the epoch.
    mutating func stand<Crypto: CryptoProvider>(_ place: Place<Crypto>, now: UInt64) {
        self.clock.stand(self.footing(place), now: now)
    }

    private func footing<Crypto: CryptoProvider>(_ place: Place<Crypto>) -> ProofClock.Footing {
        if place.meeting.occupants.count == 1 { return .alone }
        let others = place.proofSet
        if place.own.isCertified {
            // A host is whom the others wait for. Coming into a group without any other host, it looks first.
            let isKnown = self.isFounder || self.mayGoOn || self.isProven || !others.isEmpty
            return isKnown ? .certified : .unhosted(isAccepted: false)
        }
        if !others.isEmpty { return .hosted }
        if place.own.isActing { return .certified }
        return .unhosted(
            isAccepted: place.policy.flags.contains(.unhostedOK) || self.wentProperly || self.mayGoOn || self.isFounder)
    }

    /// Why the gate is closed for want of proof, if it is.
    func reasons(at now: UInt64) -> GateReasons {
        if case .closed(let reasons) = self.clock.reading(now: now) { reasons } else { [] }
    }

    /// Nothing was proven since we came in, and it was long enough.
    func isHopeless(at now: UInt64) -> Bool { !self.isProven && now >= self.since + ProofClock.closedAfter }
}
