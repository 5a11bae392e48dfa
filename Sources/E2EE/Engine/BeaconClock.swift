/// When our next beacon is due (`e2ee.md` 11): five seconds for those who prove, rarer for the many.
struct BeaconClock: Sendable {
    static var interval: UInt64 { 5_000 }
    /// At least this long between two.
    static var pause: UInt64 { 500 }

    private var last: UInt64?
    private var next: UInt64 = 0
    /// Somebody new waits for a proof.
    private var isDue = false
    /// So many more follow soon.
    private var again = 0
    /// What the last Beacon or answer said of our clock.
    private var stamped: UInt64 = 0

    mutating func start(now: UInt64) {
        let stamped = self.stamped
        self = BeaconClock()
        self.next = now
        self.stamped = stamped
    }

    /// What a Beacon says of our clock: more than the one before, also in the same millisecond.
    mutating func stamp(_ clock: UInt64) -> UInt64 {
        self.stamped = max(self.stamped &+ 1, clock)
        return self.stamped
    }

    /// Somebody new came in. Whoever came by a Commit of their own hears nothing before the service knows them by it, which may
    /// be just after the first beacon; nobody keeps one for them.
    mutating func newcomers(cameByThemselves: Bool) {
        self.isDue = true
        if cameByThemselves { self.again = 2 }
    }

    /// One goes out as soon as it may.
    mutating func hurry() { self.isDue = true }

    /// Whether one goes out now. `jitter` 0...255 spreads those of the many by a fifth.
    mutating func take(now: UInt64, isProof: Bool, members: Int, jitter: UInt8) -> Bool {
        guard now >= self.next || self.isDue, self.last.map({ now >= $0 + Self.pause }) ?? true else { return false }
        self.isDue = false
        self.last = now
        var interval = isProof ? Self.interval : Self.interval * UInt64(max(25, members)) / 25
        if !isProof { interval = interval * (80 + UInt64(jitter) * 40 / 255) / 100 }
        if self.again > 0 {
            interval = Self.pause * UInt64(3 - self.again)
            self.again -= 1
        }
        self.next = now + interval
        return true
    }
}
