/// Who is in, and what they said about themselves (`e2ee.md` 9). The tree says who; a profile is only believed with the
/// signature of that very leaf's key.
struct People: Sendable {
    /// By signature key; the newest of each.
    private var profiles: [[UInt8]: SignedProfile] = [:]
    /// Ids of messages that came, by author, so that none counts twice.
    private var heard: [[UInt8]: [[UInt8]]] = [:]
    /// The last beacon's clock, by author.
    private var clocks: [[UInt8]: UInt64] = [:]
    /// When something authentic of somebody came, by the author's key.
    private var heardAt: [[UInt8]: UInt64] = [:]

    /// Keys of people who lost their line, as the service says, and of whom nothing came since.
    private var silent: Set<[UInt8]> = []

    /// Keys of people we let in, so that whoever drops out of the line comes back without being asked for again: who is in this
    /// group or was lost out of it.
    var admitted: Set<[UInt8]> = []
    private var groupID: [UInt8] = []
    /// How people went: a pass brings back by itself only who was lost.
    var departures = Departures()
    /// Keys of people whose comparison code was equal to ours.
    var verified: Set<[UInt8]> = []
    /// Keys of people who ask for the word.
    private(set) var hands: Set<[UInt8]> = []
    /// Who is shown large to all, as somebody said it last in the order.
    private(set) var spotlight: Spotlit?
    /// One of ours from before we lost our place, of which nobody has told us that it is over.
    private(set) var claim: Claim?

    /// A spotlight, and the message that set it.
    struct Spotlit: Sendable {
        /// On whom; empty: on nobody any more.
        let key: [UInt8]
        let event: AppEvent
        /// Whose it took the place of.
        let replaced: [UInt8]?
    }

    /// A spotlight that may hold still.
    struct Claim: Sendable {
        let spotlight: Spotlit
        /// Since when we are back.
        let since: UInt64?
    }

    /// How many profiles came.
    private(set) var changes: UInt64 = 0
    /// Our own name was told to everybody who is in.
    var isOwnSent = false
    /// It is not said again before this moment, milliseconds.
    var ownAgainAt: UInt64 = 0
    /// Our profile as we said it last, and as the service took it last.
    var ownSaid: SignedProfile?
    private(set) var ownTaken: SignedProfile?

    private static var idsMax: Int { 256 }

    /// The people of the epoch we came in. What happened before it, also since we were in last, nobody saw here: whose hand is up
    /// they say again to whoever comes, and so does whoever set the spotlight.
    mutating func start<Crypto: CryptoProvider>(_ place: Place<Crypto>) {
        self.departures = Departures()
        if place.groupID != self.groupID { self.admitted = [] }
        self.groupID = place.groupID
        self.silent = []
        let own = place.key(of: place.ownLeaf)
        self.hands = self.hands.filter { $0 == own }
        if let held = self.spotlight ?? self.claim?.spotlight, !held.key.isEmpty, held.event.signatureKey == own {
            self.claim = Claim(spotlight: held, since: nil)
        }
        self.spotlight = nil
        self.follow(place)
    }

    /// Forgets who is not in any more.
    mutating func follow<Crypto: CryptoProvider>(_ place: Place<Crypto>) {
        let keys = Set(place.meeting.occupants.map { $0.key })
        self.profiles = self.profiles.filter { keys.contains($0.key) }
        self.heard = self.heard.filter { keys.contains($0.key) }
        self.clocks = self.clocks.filter { keys.contains($0.key) }
        self.heardAt = self.heardAt.filter { keys.contains($0.key) }
        self.silent.formIntersection(keys)
        self.verified.formIntersection(keys)
        self.hands.formIntersection(keys)
        if let spotlight = self.spotlight, !spotlight.key.isEmpty, !keys.contains(spotlight.key) {
            self.spotlight = nil
        }
        if let claim = self.claim, !keys.contains(claim.spotlight.key) { self.claim = nil }
        self.departures.forget(keys)
        self.admitted = self.admitted.filter { keys.contains($0) || self.departures[$0] == .lost }
    }

    /// A profile; the caller has seen that it is signed, for this group, by a key that is in.
    mutating func learn(_ profile: SignedProfile) {
        if let known = self.profiles[profile.leafKey], known.revision >= profile.revision { return }
        self.profiles[profile.leafKey] = profile
        self.changes &+= 1
    }

    /// Whether a profile says the name that is known of its owner, or is the first of theirs, or changes nothing.
    func keepsName(_ profile: SignedProfile) -> Bool {
        guard let known = self.profiles[profile.leafKey] else { return true }
        return known.name == profile.name || known.revision >= profile.revision
    }

    /// No answer comes any more to a profile of ours that the service may not have taken.
    mutating func doubtOwn() { if self.ownSaid != self.ownTaken { self.isOwnSent = false } }

    /// The service has taken our profile.
    mutating func tookOwn() { self.ownTaken = self.ownSaid }

    /// Somebody asks for the word, or no more.
    mutating func raise(_ hand: Hand, of key: [UInt8]) {
        if hand.isUp { self.hands.insert(key) } else { self.hands.remove(key) }
    }

    /// Somebody said who is shown large.
    mutating func shine(_ spotlight: Spotlight, _ event: AppEvent) {
        self.spotlight = Spotlit(
            key: spotlight.key, event: event, replaced: self.spotlight?.event.signatureKey)
        self.claim = nil
    }

    /// Somebody who set another one, or ended ours, has so long to tell us who come anew.
    private static var claimAfter: UInt64 { 5_000 }

    /// Ours from before, once it is clear that it holds still; to be said again.
    mutating func reclaim(now: UInt64) -> Spotlit? {
        guard let claim = self.claim else { return nil }
        guard let since = claim.since else {
            self.claim = Claim(spotlight: claim.spotlight, since: now)
            return nil
        }
        guard now >= since + Self.claimAfter else { return nil }
        self.claim = nil
        self.spotlight = claim.spotlight
        return claim.spotlight
    }

    /// Somebody's profile.
    subscript(key: [UInt8]) -> SignedProfile? { self.profiles[key] }

    /// Everybody's.
    var known: [SignedProfile] { Array(self.profiles.values) }

    /// Whether a message of an author is new.
    mutating func isNew(_ id: [UInt8], from key: [UInt8]) -> Bool {
        var ids = self.heard[key] ?? []
        guard !ids.contains(id) else { return false }
        ids.append(id)
        if ids.count > Self.idsMax { ids.removeFirst() }
        self.heard[key] = ids
        return true
    }

    /// Something authentic of somebody came.
    mutating func heard(_ key: [UInt8], at now: UInt64) {
        self.heardAt[key] = now
        self.silent.remove(key)
    }

    /// The service says that somebody lost their line: a hint, which the next thing that comes of them takes back.
    mutating func lostLine(_ key: [UInt8]) { self.silent.insert(key) }

    /// Somebody came back by a Commit of their own.
    mutating func isBack(_ key: [UInt8]) { self.silent.remove(key) }

    /// Whether somebody lost their line, and nothing of them came since.
    func hasLostLine(_ key: [UInt8]) -> Bool { self.silent.contains(key) }

    /// When something authentic of somebody came last.
    func lastHeard(_ key: [UInt8]) -> UInt64? { self.heardAt[key] }

    /// Those of whom something authentic came last, first; of others the lowest leaf.
    func latest(_ occupants: [Occupant]) -> [Occupant] {
        occupants.sorted { (self.heardAt[$1.key] ?? 0, $0.index) < (self.heardAt[$0.key] ?? 0, $1.index) }
    }

    /// Whether a beacon's clock goes on.
    mutating func advances(_ milliseconds: UInt64, of key: [UInt8]) -> Bool {
        if let before = self.clocks[key], milliseconds <= before { return false }
        self.clocks[key] = milliseconds
        return true
    }
}
