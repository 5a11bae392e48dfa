/// Who has a pass, as far as one of those who give them knows (`e2ee.md` 4.3). One of them is enough: it is the lowest leaf's
/// turn first, and the next one's when nothing was heard of it. What another one gave is believed without a look: whoever
/// may give passes could as well put people out.
struct PassDesk: Sendable {
    /// Milliseconds in which people gather, so that those who came together get theirs in one message.
    static var gatherFor: UInt64 { 500 }
    /// So long the next one waits for the one before it.
    static var turn: UInt64 { 2_000 }

    private struct Parcel: Sendable {
        let keys: [[UInt8]]
        let generation: UInt32
    }

    /// By signature key; the value is the issuer's, or empty where that is not known.
    private var given: [[UInt8]: [UInt8]] = [:]
    /// Since when somebody has none.
    private var since: [[UInt8]: UInt64] = [:]
    /// Messages whose answer is awaited, by number.
    private var sent: [UInt64: Parcel] = [:]
    private var count: UInt64 = 0
    /// Of the policy; nothing before we were in an epoch as one who gives them.
    private var generation: UInt32?
    /// Whom the policy makes co-hosts: of one who is none any more no pass is worth anything.
    private var cohosts: Set<[UInt8]> = []
    private var wasLocked = false

    /// An epoch begins. Newcomers need a pass; everybody does when a lock is put on, or when those there were are worth
    /// nothing any more.
    mutating func follow<Crypto: CryptoProvider>(_ place: Place<Crypto>, now: UInt64) {
        let policy = place.policy, isLocked = policy.flags.contains(.locked)
        let keys = Set(place.passKeys)
        let cohosts = Set(policy.roles.compactMap { $0.subjectKey })
        let withdrawn = self.cohosts.subtracting(cohosts)
        self.cohosts = cohosts
        if self.generation == policy.passGeneration, self.wasLocked || !isLocked {
            self.given = self.given.filter {
                keys.contains($0.key) && !policy.isRevoked($0.value) && !withdrawn.contains($0.value)
            }
        } else {
            let isFirst = self.generation == nil
            self.given = [:]
            // Whoever comes where others give passes finds people who have theirs.
            if isFirst, place.passGivers.contains(where: { $0 != place.ownLeaf }) {
                for key in keys { self.given[key] = [] }
            }
        }
        self.generation = policy.passGeneration
        self.wasLocked = isLocked
        self.since = self.since.filter { keys.contains($0.key) && self.given[$0.key] == nil }
        for key in keys where self.given[key] == nil && self.since[key] == nil { self.since[key] = now }
    }

    /// Keys of those who get a pass from us now. `rank` counts the ones who come before us.
    func due(now: UInt64, rank: Int) -> [[UInt8]] {
        let patience = Self.gatherFor + UInt64(rank) * Self.turn
        var underWay: Set<[UInt8]> = []
        for parcel in self.sent.values { underWay.formUnion(parcel.keys) }
        return self.since.filter { now >= $0.value + patience && !underWay.contains($0.key) }.map { $0.key }
            .sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// We said it; the answer names the number.
    mutating func send(_ keys: [[UInt8]]) -> UInt64 {
        self.count += 1
        self.sent[self.count] = Parcel(keys: keys, generation: self.generation ?? 0)
        return self.count
    }

    /// It stands in the order.
    mutating func arrived(_ number: UInt64, by issuer: [UInt8]) {
        guard let parcel = self.sent.removeValue(forKey: number), parcel.generation == self.generation else { return }
        for key in parcel.keys { self.give(key, by: issuer) }
    }

    /// It does not, or nobody knows. Then it is said again.
    mutating func failed(_ number: UInt64, now: UInt64) {
        guard let parcel = self.sent.removeValue(forKey: number) else { return }
        for key in parcel.keys where self.since[key] != nil { self.since[key] = now }
    }

    /// The line is gone, and with it every answer.
    mutating func failed(now: UInt64) { for number in Array(self.sent.keys) { self.failed(number, now: now) } }

    /// Somebody else who may gave these.
    mutating func saw(_ passes: [ReentryPass], by issuer: [UInt8]) {
        for pass in passes where pass.generation == self.generation { self.give(pass.subjectKey, by: issuer) }
    }

    private mutating func give(_ key: [UInt8], by issuer: [UInt8]) {
        guard self.since.removeValue(forKey: key) != nil || self.given[key] != nil else { return }
        self.given[key] = issuer
    }
}
