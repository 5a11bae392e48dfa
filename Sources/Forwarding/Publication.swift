internal import MediaCore

/// One subscriber's slot that shows a publication.
struct Subscription: BitwiseCopyable {
    var member: UInt32
    var slot: UInt16
}

/// One announced source and everybody who sees or hears it.
struct Publication: BitwiseCopyable {
    let id: PublicationID
    /// Row of the publisher.
    let owner: UInt32
    /// Section of the publisher's endpoint.
    let section: UInt16
    let kind: MediaKind
    var window = PublicationNumbers()
    private var packetRate: TokenBucket
    private var byteRate: TokenBucket
    var arbiter = KeyFrameArbiter()
    /// Video only: sound is never sent again (`media.md` 6.5).
    var ring: PacketRing?
    /// From the last sender report: this source RTP time is this media time.
    var clock: ClockMapping?
    var nextNoticed: UInt32?
    var isNoticed = false
    /// Scratch of the arrangement: "wanted by" or "shown to" the member being arranged.
    var mark: UInt64 = 0
    /// Subscribers; the first `count` count. Grows on commands only.
    private(set) var subscriptions: FixedRows<Subscription>
    private(set) var count = 0

    init(id: PublicationID, owner: UInt32, section: UInt16, kind: MediaKind, rates: PublicationRates) {
        (self.packetRate, self.byteRate) = rates.buckets(kind)
        self.id = id
        self.owner = owner
        self.section = section
        self.kind = kind
        self.ring = kind == .video ? PacketRing() : nil
        self.subscriptions = FixedRows(repeating: Subscription(member: .max, slot: 0), count: 8)
    }

    /// Whether a packet is within what one publication may send.
    mutating func isWithinRate(_ byteCount: Int, now: MediaTime) -> Bool {
        self.packetRate.take(now: now) && self.byteRate.take(Int64(byteCount), now: now)
    }

    /// Adds a subscriber; answers its place in the list.
    mutating func subscribe(_ subscription: Subscription) -> UInt32 {
        if self.count == self.subscriptions.count {
            let wider = FixedRows(repeating: subscription, count: self.count * 2)
            wider.copy(self.count, of: self.subscriptions)
            self.subscriptions.free()
            self.subscriptions = wider
        }
        self.subscriptions[self.count] = subscription
        self.count += 1
        return UInt32(self.count - 1)
    }

    /// Removes the subscriber at `place`; answers who stands there now instead, if anybody does.
    mutating func unsubscribe(_ place: UInt32) -> Subscription? {
        precondition(Int(place) < self.count, "a filled slot stands in its publication's list")
        self.count -= 1
        guard Int(place) < self.count else { return nil }
        self.subscriptions[Int(place)] = self.subscriptions[self.count]
        return self.subscriptions[Int(place)]
    }

    /// Gives back the memory; the packets were let go before.
    func free() {
        self.ring?.free()
        self.subscriptions.free()
    }
}
