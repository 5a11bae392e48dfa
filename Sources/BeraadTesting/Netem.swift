public import MediaCore

/// What a network does to datagrams. Probabilities are 0...1.
public struct NetemConditions: Sendable {
    /// Chance that a datagram is lost.
    public var loss: Double
    /// Time every datagram takes.
    public var delay: MediaSpan
    /// Up to this much is added at random; on its own it never changes the order.
    public var jitter: MediaSpan
    /// Chance that a datagram is held back so that later ones overtake it.
    public var reorder: Double
    /// How long such a datagram is held back.
    public var reorderDelay: MediaSpan
    /// Chance that a datagram arrives twice.
    public var duplication: Double

    /// Conditions; the default is a perfect network without delay.
    public init(
        loss: Double = 0, delay: MediaSpan = .milliseconds(0), jitter: MediaSpan = .milliseconds(0),
        reorder: Double = 0, reorderDelay: MediaSpan = .milliseconds(10), duplication: Double = 0
    ) {
        self.loss = loss
        self.delay = delay
        self.jitter = jitter
        self.reorder = reorder
        self.reorderDelay = reorderDelay
        self.duplication = duplication
    }
}

/// A bad network in virtual time: the same seed and the same calls give the same losses, to the byte. It knows no
/// socket and no clock; `end` is whatever number the test gives a receiver.
public struct Netem: Sendable {
    private struct Flight: Sendable {
        var arrival: MediaTime
        var serial: UInt64
        var end: Int
        var bytes: [UInt8]
    }

    /// May be changed while datagrams are under way; those keep their fate.
    public var conditions: NetemConditions
    /// Ordinals of datagrams (0 = the first one given to `send`) that are lost whatever the conditions say.
    public var losing: Set<UInt64> = []
    /// Datagrams given to `send` so far.
    public private(set) var sent: UInt64 = 0
    /// Datagrams lost so far.
    public private(set) var lost: UInt64 = 0
    /// Datagrams handed out so far, doubles included.
    public private(set) var delivered: UInt64 = 0

    private var generator: SeededGenerator
    /// Sorted by arrival, then by order of sending.
    private var flights: [Flight] = []
    private var latestArrival: [Int: MediaTime] = [:]
    private var serial: UInt64 = 0

    /// A network whose accidents follow from `seed`.
    public init(seed: UInt64, conditions: NetemConditions = NetemConditions()) {
        self.generator = SeededGenerator(seed: seed)
        self.conditions = conditions
    }

    /// When `next` has something to give; `never` while nothing is under way.
    public var deadline: MediaTime { self.flights.first?.arrival ?? .never }

    /// Puts a datagram for `end` on the wire.
    public mutating func send(_ bytes: [UInt8], to end: Int, now: MediaTime) {
        let ordinal = self.sent
        self.sent &+= 1
        // Every datagram draws the same count of numbers, so that one changed condition does not reshuffle the rest.
        let isLost = self.generator.happens(self.conditions.loss) || self.losing.contains(ordinal)
        let isHeldBack = self.generator.happens(self.conditions.reorder)
        let isDoubled = self.generator.happens(self.conditions.duplication)
        let share = self.generator.next() >> 32
        guard !isLost else {
            self.lost &+= 1
            return
        }
        let jitter = Int64(UInt64(max(0, self.conditions.jitter.nanoseconds)).multipliedFullWidth(by: share << 32).high)
        var arrival = now + self.conditions.delay + MediaSpan(nanoseconds: jitter)
        if isHeldBack {
            arrival = arrival + self.conditions.reorderDelay
        } else {
            arrival = max(arrival, self.latestArrival[end] ?? .zero)
            self.latestArrival[end] = arrival
        }
        self.add(Flight(arrival: arrival, serial: 0, end: end, bytes: bytes))
        if isDoubled {
            self.add(Flight(arrival: arrival + .microseconds(100), serial: 0, end: end, bytes: bytes))
        }
    }

    /// The next datagram that has arrived by `now`, with the end it is for.
    public mutating func next(now: MediaTime) -> (end: Int, bytes: [UInt8])? {
        guard let first = self.flights.first, first.arrival <= now else { return nil }
        self.flights.removeFirst()
        self.delivered &+= 1
        return (first.end, first.bytes)
    }

    private mutating func add(_ flight: Flight) {
        var flight = flight
        flight.serial = self.serial
        self.serial &+= 1
        let place = self.flights.firstIndex { flight.arrival < $0.arrival } ?? self.flights.endIndex
        self.flights.insert(flight, at: place)
    }
}
