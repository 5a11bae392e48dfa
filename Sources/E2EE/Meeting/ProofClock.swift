/// Whether somebody trusted was seen in our epoch lately (`e2ee.md` 11). Time comes in, in milliseconds of a monotonic
/// clock; nothing here reads one.
package struct ProofClock: Equatable, Sendable {
    /// On what a client stands in its group.
    package enum Footing: Equatable, Sendable {
        /// Nobody else is here.
        case alone
        /// We are certified and came with the group, or confirmed its roster: no proof is needed.
        case certified
        /// Somebody trusted is in the group and has to show itself.
        case hosted
        /// Nobody is trusted. It goes on if the policy says so, the last one was seen to go, or the person said so.
        case unhosted(isAccepted: Bool)
    }

    /// What the clock says.
    package enum Reading: Equatable, Sendable {
        case proven
        /// 12 seconds of silence: shown to the person, nothing stops.
        case warning
        /// Nothing is sent.
        case closed(GateReasons)
    }

    /// Silence after which a client warns.
    package static let warningAfter: UInt64 = 12_000
    /// Silence after which it stops.
    package static let closedAfter: UInt64 = 20_000

    package private(set) var footing: Footing
    // These three are by our clock and `asleep` together.
    private var lastProof: UInt64?
    private var lastSign: UInt64?
    private var lastCertified: UInt64?
    /// Milliseconds for which our clock stood still, all in all.
    private var asleep: UInt64 = 0

    /// Joined or resynced: unproven, whatever came before.
    package init(_ footing: Footing) { self.footing = footing }

    /// The proof set changed. A Commit by others does not count as proof, so the time of the last one stays.
    package mutating func stand(_ footing: Footing, now: UInt64) {
        if case .unhosted = footing, self.footing != footing { self.lastSign = now + self.asleep }
        self.footing = footing
    }

    /// A Beacon of our epoch from the proof set with our hash and count, that was sent at `moment` or later; `isCertified` when
    /// its author is, and no successor.
    package mutating func proof(at moment: UInt64, isCertified: Bool = true) {
        self.lastProof = max(self.lastProof ?? 0, moment + self.asleep)
        if isCertified { self.lastCertified = max(self.lastCertified ?? 0, moment + self.asleep) }
        self.sign(at: moment)
    }

    /// A proof of which nobody knows when it was made: a Welcome or a Commit of the proof set, or its Beacon before we asked. Only
    /// the first since we came in counts from when it came, else a server could stretch what it kept. It is for ourselves: what
    /// a successor passes on is only what was measured.
    package mutating func firstProof(now: UInt64) {
        if self.lastProof == nil { self.proof(at: now, isCertified: false) }
    }

    /// A Beacon of any other member, sent at `moment` or later.
    package mutating func sign(at moment: UInt64) { self.lastSign = max(self.lastSign ?? 0, moment + self.asleep) }

    /// Our clock stood still for so long, or nobody knows whether it did: what we saw is older than it says.
    package mutating func age(by milliseconds: UInt64) { self.asleep &+= min(milliseconds, 1 << 40) }

    /// Whether a certified leaf was here so lately that a successor may pass it on. Successors who proved the epoch to each
    /// other for ever would hold everybody where the host is not.
    package func knowsHost(now: UInt64) -> Bool { !self.isOlder(self.lastCertified, than: Self.closedAfter, now) }

    /// What the clock says.
    package func reading(now: UInt64) -> Reading {
        switch self.footing {
        case .alone, .certified: .proven
        case .hosted: self.reading(since: self.lastProof, now)
        case .unhosted(isAccepted: false): .closed(.unhosted)
        case .unhosted(isAccepted: true): self.reading(since: self.lastSign, now)
        }
    }

    /// Whether what our footing needs is older than `age`, or never was.
    package func isSilent(for age: UInt64, now: UInt64) -> Bool {
        switch self.footing {
        case .alone, .unhosted(isAccepted: false): false
        // Whoever is certified needs none to send, but to tell a new link (`e2ee.md` 8).
        case .certified, .hosted: self.isOlder(self.lastProof, than: age, now)
        case .unhosted(isAccepted: true): self.isOlder(self.lastSign, than: age, now)
        }
    }

    /// Whether a proof is younger than `age`: an InviteUpdate needs one of 10 seconds (`e2ee.md` 8).
    package func hasProof(youngerThan age: UInt64, now: UInt64) -> Bool {
        !self.isOlder(self.lastProof, than: age, now)
    }

    private func reading(since last: UInt64?, _ now: UInt64) -> Reading {
        if self.isOlder(last, than: Self.closedAfter, now) { return .closed(.noProof) }
        return self.isOlder(last, than: Self.warningAfter, now) ? .warning : .proven
    }

    /// Also when there was none. A clock that goes back does not trap.
    private func isOlder(_ last: UInt64?, than age: UInt64, _ now: UInt64) -> Bool {
        last.map { now + self.asleep >= $0 && now + self.asleep - $0 >= age } ?? true
    }

    /// Milliseconds between two beacons: 5 seconds for the proof set and the steward, and with the group's size for
    /// others. The caller adds a fifth more or less by chance.
    package static func interval(isTrusted: Bool, members: Int) -> UInt64 {
        isTrusted ? 5_000 : max(5_000, 200 * UInt64(max(0, members)))
    }
}
