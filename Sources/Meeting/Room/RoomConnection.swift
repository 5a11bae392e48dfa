/// What a room remembers of one WebSocket: how much it may still say, and how often it was wrong.
struct RoomConnection: Sendable {
    /// More messages than a lively meeting needs; `want` alone comes up to five times a second.
    private static let burst = 100
    private static let perSecond = 20.0
    /// A client that is wrong this often is no client.
    private static let strikesBeforeEnd = 20

    var since: ContinuousClock.Instant
    /// Nothing for a connection from this very machine.
    let network: NetworkMark?
    /// It has shown the link's proof, and talks to the delivery service.
    var isAtDoor = false
    /// It has said nothing yet by which it gets further than the door.
    var owesPasscode = false
    var wrongPasscodes = WrongTries()
    /// Its holder was put out for good: it comes to no door again (promise P-028, "same connection").
    var isPutOut = false
    /// It has a leaf and no seat, and knows why.
    var knowsFull = false
    var messages: TokenBucket
    var wants: TokenBucket
    private var strikes = 0

    init(network: NetworkMark?, now: ContinuousClock.Instant) {
        self.since = now
        self.network = network
        self.messages = TokenBucket(burst: Self.burst, perSecond: Self.perSecond, now: now)
        self.wants = TokenBucket(burst: 10, perSecond: 5, now: now)
    }

    enum Patience {
        case left, lost
    }

    mutating func strike() -> Patience {
        self.strikes += 1
        return self.strikes < Self.strikesBeforeEnd ? .left : .lost
    }
}
