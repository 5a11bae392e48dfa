/// The connection to the server and when to try again: a value with the numbers of "comes back within 3 seconds of the
/// network's return".
package struct Line {
    /// How often to ask whether anybody is there.
    static let pingInterval = Duration.seconds(2)
    /// Nothing heard for this long: TCP would find out much later.
    static let deadAfter = Duration.milliseconds(4_500)
    /// Waits between tries; the last one is repeated.
    static let pauses: [Duration] = [.zero, .milliseconds(200), .milliseconds(400), .milliseconds(800), .seconds(1)]

    private(set) var socket: SignallingSocket?
    /// The number of the present attempt; inputs of older ones are ignored.
    private(set) var connection = 0
    var lastHeard: ContinuousClock.Instant?
    /// When to try again; nothing while there is a connection.
    package var nextAttempt: ContinuousClock.Instant?
    /// The delivery service was heard to speak on it.
    var isAtDoor = false
    /// Media has not been moved to it yet.
    var isNew = true
    private var tries = 0
    private var isTrying = false
    private var nextPing: ContinuousClock.Instant?
    private var nonce = 0
    /// No try before that.
    private var notBefore: ContinuousClock.Instant?

    /// Nothing was tried yet.
    package init() {}

    /// The number of a new attempt, when one is due.
    package mutating func startAttempt(now: ContinuousClock.Instant) -> Int? {
        guard self.socket == nil, !self.isTrying, let due = self.nextAttempt, due <= now else { return nil }
        self.isTrying = true
        self.connection += 1
        self.tries += 1
        return self.connection
    }

    mutating func opened(_ socket: SignallingSocket, now: ContinuousClock.Instant) {
        self.socket = socket
        self.isNew = true
        self.isTrying = false
        self.lastHeard = now
        self.nextPing = now + Self.pingInterval
    }

    /// The server knows us here. Only now the next loss begins with short pauses again: a server that opens and closes at
    /// once is not tried as fast as it can.
    package mutating func arrived() { self.tries = 0 }

    /// It is gone. `spread` 0..<1 keeps a whole class from coming back in one instant.
    package mutating func dropped(now: ContinuousClock.Instant, spread: Double) {
        self.socket = nil
        self.isTrying = false
        self.connection += 1
        let pause = Self.pauses[min(self.tries, Self.pauses.count - 1)]
        self.nextAttempt = max(self.notBefore ?? now, now + pause * (0.75 + spread / 2))
        self.notBefore = nil
    }

    /// The server asked us to wait before the next try.
    package mutating func wait(seconds: Int, now: ContinuousClock.Instant) { self.notBefore = now + .seconds(seconds) }

    func isDead(now: ContinuousClock.Instant) -> Bool {
        guard self.socket != nil, let lastHeard = self.lastHeard else { return false }
        return now - lastHeard > Self.deadAfter
    }

    /// The nonce of a ping that is due.
    mutating func ping(now: ContinuousClock.Instant) -> Int? {
        guard self.socket != nil, let due = self.nextPing, due <= now else { return nil }
        self.nextPing = now + Self.pingInterval
        self.nonce += 1
        return self.nonce
    }
}
