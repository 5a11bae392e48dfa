internal import Wire

/// One comparison round (`e2ee.md` 9), as a value: who leads it, what everybody put in, and the pictures that come out. They
/// are equal with all who have the keys of this very epoch, and nobody could choose them.
struct Comparison: Sendable {
    /// How far it is.
    enum Phase: Equatable, Sendable {
        /// None is on.
        case none
        /// Parts come in.
        case collecting
        /// Seven pictures, as indexes into the list of 64.
        case shown([UInt8])
        /// There is no code for us: a part did not come, or the epoch went by.
        case failed
    }

    /// A round's milliseconds until the leader goes on without those who did not answer.
    static let collectFor: UInt64 = 10_000
    /// The others wait a little longer for the leader.
    static let waitFor: UInt64 = 15_000
    /// Admission stays frozen at most this long.
    static let frozenFor: UInt64 = 60_000

    private(set) var phase = Phase.none
    /// What the person said about the pictures: equal with the others', or not.
    private(set) var isEqual: Bool?
    /// Whose parts are in the code, the leader's too, by signature key.
    private(set) var people: [[UInt8]] = []

    private var start: CompareStart?
    private var leader: UInt32 = 0
    private var parts: [UInt32: [UInt8]] = [:]
    private(set) var deadline: UInt64 = .max

    /// The leader's nonce, once it leads.
    private var leaderNonce: [UInt8]?

    /// Whether we lead a round that is not over.
    var isLeading: Bool { self.leaderNonce != nil && self.phase == .collecting }

    /// We lead: what to say.
    mutating func lead(_ start: CompareStart, nonce: [UInt8], leaf: UInt32, now: UInt64) {
        self = Comparison()
        self.phase = .collecting
        self.start = start
        self.leader = leaf
        self.leaderNonce = nonce
        self.deadline = now + Self.collectFor
    }

    /// Somebody else leads; our part is `nonce`. False: a round is on already.
    mutating func join(_ start: CompareStart, by leader: UInt32, own leaf: UInt32, nonce: [UInt8], now: UInt64) -> Bool
    {
        guard self.phase != .collecting else { return false }
        self = Comparison()
        self.phase = .collecting
        self.start = start
        self.leader = leader
        self.parts[leaf] = nonce
        self.deadline = now + Self.waitFor
        return true
    }

    /// Somebody's part; only their first counts.
    mutating func take(_ part: CompareNonce, from leaf: UInt32) {
        guard self.phase == .collecting, part.round == self.start?.round, leaf != self.leader,
            self.parts[leaf] == nil
        else { return }
        self.parts[leaf] = part.nonce
    }

    /// What the leader says when everybody answered, or time is over; nothing before.
    func reveal(of leaves: [UInt32], now: UInt64) -> CompareReveal? {
        guard self.isLeading, let start = self.start, let nonce = self.leaderNonce else { return nil }
        let others = leaves.filter { $0 != self.leader }
        let counted = others.filter { self.parts[$0] != nil }
        guard counted.count == others.count || now >= self.deadline else { return nil }
        return CompareReveal(round: start.round, nonce: nonce, leaves: counted.sorted())
    }

    /// The leader's part came: the pictures, if everything is there and nothing was changed.
    mutating func finish<Crypto: CryptoProvider>(
        _ reveal: CompareReveal, from leaf: UInt32, in place: Place<Crypto>, authenticator: [UInt8], _ crypto: Crypto
    ) {
        guard self.phase == .collecting, let start = self.start, reveal.round == start.round, leaf == self.leader
        else { return }
        var nonces: [[UInt8]] = []
        var people: [[UInt8]] = []
        for counted in reveal.leaves + [leaf] {
            guard let key = place.key(of: counted), counted == leaf || self.parts[counted] != nil else {
                return self.fail()
            }
            people.append(key)
            if counted != leaf, let nonce = self.parts[counted] { nonces.append(nonce) }
        }
        guard reveal.leaves.contains(place.ownLeaf) || leaf == place.ownLeaf, !reveal.leaves.contains(leaf),
            !reveal.leaves.isEmpty,
            equalInConstantTime(MeetingCode.compareCommitment(reveal.nonce, crypto), start.commitment)
        else { return self.fail() }
        let pictures = MeetingCode.pictures(
            authenticator: authenticator, commitment: start.commitment, nonces: nonces, hostNonce: reveal.nonce, crypto)
        self.phase = .shown(pictures.map { UInt8(clamping: $0) })
        self.people = people
        self.forgetParts()
    }

    /// There will be no code for us.
    mutating func fail() {
        guard self.phase == .collecting else { return }
        self.phase = .failed
        self.forgetParts()
    }

    /// Time is over for whoever waits for the leader.
    mutating func expire(now: UInt64) { if !self.isLeading, now >= self.deadline { self.fail() } }

    /// What the person says about the pictures; nothing to say without any.
    mutating func answer(_ isEqual: Bool) -> Bool {
        guard case .shown = self.phase else { return false }
        self.isEqual = isEqual
        return true
    }

    private mutating func forgetParts() {
        self.parts = [:]
        self.leaderNonce = nil
        self.deadline = .max
    }
}
