/// When our next beacon is due (`e2ee.md` 11): five seconds for those who prove, rarer for the many.
struct BeaconClock: Sendable {
    static var interval: UInt64 { 5_000 }
    /// At least this long between two.
    static var pause: UInt64 { 500 }

    private var last: UInt64?
    private var next: UInt64 = 0
    /// Somebody new waits for a proof.
    var isDue = false

    mutating func start(now: UInt64) {
        self = BeaconClock()
        self.next = now
    }

    /// Whether one goes out now. `jitter` 0...255 spreads those of the many by a fifth.
    mutating func take(now: UInt64, isProof: Bool, members: Int, jitter: UInt8) -> Bool {
        guard now >= self.next || self.isDue, self.last.map({ now >= $0 + Self.pause }) ?? true else { return false }
        self.isDue = false
        self.last = now
        var interval = isProof ? Self.interval : Self.interval * UInt64(max(25, members)) / 25
        if !isProof { interval = interval * (80 + UInt64(jitter) * 40 / 255) / 100 }
        self.next = now + interval
        return true
    }
}
