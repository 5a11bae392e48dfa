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

    /// Somebody's clock, as an answer showed it.
    private struct Measured {
        /// Our clock less theirs: at most, so that nothing looks younger than it is.
        let offset: Int64
        let at: UInt64
    }

    /// By author.
    private var clocks: [[UInt8]: Measured] = [:]
    /// The last two; whoever answers a question before is answering late.
    private var questions: [Question] = []
    /// Nothing was ever measured, or nothing that counts still.
    private var isWanted = true
    private var nextAt: UInt64 = 0
    private var pause = Self.pauseMin

    /// Nothing is known of anybody.
    package init() {}

    /// Without a sign of which we know that it is younger than this we ask, before the person is warned.
    static var silentAfter: UInt64 { 8_000 }
    /// Clocks that differ by less are taken for equal.
    static var tolerance: UInt64 { 2_000 }
    /// Clocks do not go equally fast for ever: at a thousandth of difference this is half a second.
    private static var lifetime: UInt64 { 600_000 }
    private static var pauseMin: UInt64 { 1_000 }
    private static var pauseMax: UInt64 { 8_000 }
    private static var missedPause: UInt64 { 250 }
    static var nonceByteCount: Int { 16 }
    /// Of several who could say it, so many are asked.
    static var askedMax: Int { 8 }

    /// When a sign was given, by our clock, or earlier; nothing while that is not known.
    package mutating func moment(of theirs: UInt64, by key: [UInt8], now: UInt64) -> UInt64? {
        guard let moment = self.known(theirs, key, now) else { return nil }
        guard moment <= now + Self.tolerance else {
            // One of the clocks was set, or stood still.
            self.clocks[key] = nil
            return nil
        }
        return min(moment, now)
    }

    /// When whoever answered was there, by our clock, or earlier; nothing when it answers no question of ours.
    package mutating func answered(_ nonces: [[UInt8]], _ theirs: UInt64, by key: [UInt8], now: UInt64) -> UInt64? {
        guard let question = self.questions.last(where: { nonces.contains($0.nonce) }),
            let offset = Self.offset(question.askedAt, theirs)
        else { return nil }
        self.isWanted = false
        self.pause = Self.pauseMin
        // What was measured before and agrees is more exact, for that answer was quicker.
        if let known = self.known(theirs, key, now), known >= question.askedAt, known <= now { return known }
        self.clocks[key] = Measured(offset: offset, at: now)
        return question.askedAt
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

    /// Somebody came of whom nothing is measured.
    package mutating func want() {
        self.isWanted = true
        self.nextAt = 0
    }

    /// The question did not go out: the group was in another epoch already.
    package mutating func missed(now: UInt64) { self.nextAt = min(self.nextAt, now + Self.missedPause) }

    /// Nothing that was measured counts any more.
    package mutating func forget() {
        self.clocks = [:]
        // Whatever answers them may have been kept while our clock stood still.
        self.questions = []
        self.isWanted = true
        self.nextAt = 0
        self.pause = Self.pauseMin
    }

    /// Forgets who is not in any more.
    mutating func follow<Crypto: CryptoProvider>(_ place: Place<Crypto>) {
        self.clocks = self.clocks.filter { place.occupant(withKey: $0.key) != nil }
    }

    /// Theirs, as ours; nothing when that was not measured lately, or one of them is no time at all.
    private func known(_ theirs: UInt64, _ key: [UInt8], _ now: UInt64) -> UInt64? {
        guard let clock = self.clocks[key], now - min(now, clock.at) < Self.lifetime,
            let theirs = Int64(exactly: theirs)
        else { return nil }
        let (moment, isTooMuch) = theirs.addingReportingOverflow(clock.offset)
        return isTooMuch ? nil : UInt64(exactly: moment)
    }

    private static func offset(_ ours: UInt64, _ theirs: UInt64) -> Int64? {
        // Both are at least 0, so the difference fits.
        guard let ours = Int64(exactly: ours), let theirs = Int64(exactly: theirs) else { return nil }
        return ours - theirs
    }
}
