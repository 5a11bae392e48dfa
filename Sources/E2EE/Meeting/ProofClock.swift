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
    private var lastProof: UInt64?
    private var lastSign: UInt64?

    /// Joined or resynced: unproven, whatever came before.
    package init(_ footing: Footing) { self.footing = footing }

    /// The proof set changed. A Commit by others does not count as proof, so the time of the last one stays.
    package mutating func stand(_ footing: Footing, now: UInt64) {
        if case .unhosted = footing, self.footing != footing { self.lastSign = now }
        self.footing = footing
    }

    /// A Beacon of our epoch from the proof set with our hash and count, a Commit it made, or a Welcome it signed.
    package mutating func proof(now: UInt64) {
        self.lastProof = now
        self.lastSign = now
    }

    /// A Beacon or Commit of any other member.
    package mutating func sign(now: UInt64) { self.lastSign = now }

    /// What the clock says.
    package func reading(now: UInt64) -> Reading {
        switch self.footing {
        case .alone, .certified: .proven
        case .hosted: Self.reading(since: self.lastProof, now)
        case .unhosted(isAccepted: false): .closed(.unhosted)
        case .unhosted(isAccepted: true): Self.reading(since: self.lastSign, now)
        }
    }

    /// Whether a proof is younger than `age`: an InviteUpdate needs one of 10 seconds (`e2ee.md` 8).
    package func hasProof(youngerThan age: UInt64, now: UInt64) -> Bool {
        self.lastProof.map { now >= $0 && now - $0 < age } ?? false
    }

    private static func reading(since last: UInt64?, _ now: UInt64) -> Reading {
        guard let last else { return .closed(.noProof) }
        let silence = now >= last ? now - last : 0
        if silence >= self.closedAfter { return .closed(.noProof) }
        return silence >= self.warningAfter ? .warning : .proven
    }

    /// Milliseconds between two beacons: 5 seconds for the proof set and the steward, and with the group's size for
    /// others. The caller adds a fifth more or less by chance.
    package static func interval(isTrusted: Bool, members: Int) -> UInt64 {
        isTrusted ? 5_000 : max(5_000, 200 * UInt64(max(0, members)))
    }
}
