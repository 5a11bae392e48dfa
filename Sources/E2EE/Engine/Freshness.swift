/// How old signs of others are (`docs/decisions/0010`). A server can keep what a host says and hand it out later, so a Beacon
/// counts from when it was sent. For that we ask once, with a nonce: whoever answers was there after we asked, and the
/// answer's clock gives that of every later Beacon. Theirs and ours need not show the same time, only go equally fast; where they
/// do not, Beacons look old, or come from the future, and we ask again.
package struct Freshness: Sendable {
    /// A question on its way.
    private struct Question {
        let nonce: [UInt8]
        let askedAt: UInt64
    }

    /// By author, our clock less theirs: at most, so that nothing looks younger than it is.
    private var offsets: [[UInt8]: Int64] = [:]
    /// The last two; whoever answers a question before is answering late.
    private var questions: [Question] = []
    /// Something came of which we do not know how old it is.
    private var isWanted = true
    private var nextAt: UInt64 = 0
    private var pause = Self.pauseMin

    /// Nothing is known of anybody.
    package init() {}

    /// Without a sign for so long we ask, before the person is warned.
    static var silentAfter: UInt64 { 8_000 }
    /// What is older than this when it comes may be so by our own mistake.
    private static var oldAfter: UInt64 { 5_000 }
    /// Clocks that differ by less are taken for equal; nothing looks younger by more.
    static var tolerance: UInt64 { 2_000 }
    private static var pauseMin: UInt64 { 1_000 }
    private static var pauseMax: UInt64 { 8_000 }
    static var nonceByteCount: Int { 16 }
    /// Of several who could say it, so many are asked.
    static var askedMax: Int { 8 }

    /// When a sign was given, by our clock, or earlier; nothing while that is not known.
    package mutating func moment(of theirs: UInt64, by key: [UInt8], now: UInt64) -> UInt64? {
        guard let offset = self.offsets[key], let moment = Self.moment(theirs, offset),
            moment <= now + Self.tolerance
        else {
            // Nobody measured it yet, or one of the clocks was set, or stood still.
            self.offsets[key] = nil
            self.isWanted = true
            return nil
        }
        if moment + Self.oldAfter < now { self.isWanted = true }
        return min(moment, now)
    }

    /// When whoever answered was there, by our clock, or earlier; nothing when it answers no question of ours.
    package mutating func answered(_ nonces: [[UInt8]], _ theirs: UInt64, by key: [UInt8], now: UInt64) -> UInt64? {
        guard let question = self.questions.last(where: { nonces.contains($0.nonce) }),
            let measured = Self.offset(question.askedAt, theirs)
        else { return nil }
        // What was measured before and agrees is more exact, for that answer was quicker.
        let known = self.offsets[key].flatMap { Self.moment(theirs, $0) }
        if known.map({ $0 < question.askedAt || $0 > now }) ?? true { self.offsets[key] = measured }
        self.isWanted = false
        self.pause = Self.pauseMin
        return max(question.askedAt, known.map { $0 <= now ? $0 : 0 } ?? 0)
    }

    /// Whether a question is due.
    package func isDue(now: UInt64, isSilent: Bool) -> Bool { (self.isWanted || isSilent) && now >= self.nextAt }

    /// A question left us.
    package mutating func asked(_ nonce: [UInt8], now: UInt64) {
        self.questions.append(Question(nonce: nonce, askedAt: now))
        if self.questions.count > 2 { self.questions.removeFirst() }
        self.nextAt = now + self.pause
        self.pause = min(self.pause * 2, Self.pauseMax)
    }

    /// Nothing that was measured counts any more.
    package mutating func forget() {
        self.offsets = [:]
        self.isWanted = true
        self.nextAt = 0
        self.pause = Self.pauseMin
    }

    /// Forgets who is not in any more.
    mutating func follow<Crypto: CryptoProvider>(_ place: Place<Crypto>) {
        self.offsets = self.offsets.filter { place.occupant(withKey: $0.key) != nil }
    }

    /// Theirs, as ours; nothing when one of them is no time at all.
    private static func moment(_ theirs: UInt64, _ offset: Int64) -> UInt64? {
        guard let theirs = Int64(exactly: theirs) else { return nil }
        let (moment, isTooMuch) = theirs.addingReportingOverflow(offset)
        return isTooMuch ? nil : UInt64(exactly: moment)
    }

    private static func offset(_ ours: UInt64, _ theirs: UInt64) -> Int64? {
        // Both are at least 0, so the difference fits.
        guard let ours = Int64(exactly: ours), let theirs = Int64(exactly: theirs) else { return nil }
        return ours - theirs
    }
}
