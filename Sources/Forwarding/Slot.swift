package import MediaCore

/// What `join` must know of one receive slot; its index in the list is its outgoing stream.
package struct SlotParameters: Sendable, BitwiseCopyable {
    /// Audio or video.
    package var kind: MediaKind
    /// Lost packets may be sent again over an RTX stream.
    package var hasRetransmission: Bool
    /// First RTP sequence number; its low 15 bits count.
    package var start: UInt16

    /// One slot.
    package init(kind: MediaKind, hasRetransmission: Bool, start: UInt16) {
        self.kind = kind
        self.hasRetransmission = hasRetransmission
        self.start = start
    }
}

/// One fixed receive section of a subscriber, filled with one publication at a time.
struct Slot: BitwiseCopyable {
    let kind: MediaKind
    let hasRetransmission: Bool
    /// Index within its kind: sound i and picture i share one media stream at the receiver (`media.md` 3.3).
    let pair: UInt16
    var rewriter: Rewriter
    var history = SlotHistory()
    /// Row of the publication shown, or nothing.
    var publication: UInt32?
    /// Place in that publication's list of subscribers.
    var subscription: UInt32 = 0
    /// What it showed last: a muted camera comes back to its own place.
    var lastPublication: PublicationID?
    var filledAt: MediaTime?
    /// When it last stopped being useful; the least recently useful one is reused.
    var emptiedAt = MediaTime(nanoseconds: -1)
    /// The clock mapping to tell the endpoint: this RTP time is this media time.
    var clock: ClockMapping?
    var toldClock: ClockMapping?
    var flowIsNew = false

    init(_ parameters: SlotParameters, pair: UInt16) {
        self.kind = parameters.kind
        self.hasRetransmission = parameters.hasRetransmission
        self.pair = pair
        self.rewriter = Rewriter(kind: parameters.kind, start: parameters.start)
    }

    /// When it may be filled again.
    var refillableAt: MediaTime { self.filledAt.map { $0 + Timers.refill } ?? MediaTime(nanoseconds: .min) }
}

/// One point where RTP time and media time are known to agree, for the sender reports of a slot.
struct ClockMapping: BitwiseCopyable, Equatable {
    var rtpTime: UInt32
    var at: MediaTime

    /// How far the two disagree at this one's moment, in nanoseconds, at `rate` ticks a second.
    func drift(from other: Self, rate: UInt32) -> Int64 {
        let ticks = Int64(Int32(bitPattern: self.rtpTime &- other.rtpTime))
        return (self.at - other.at).nanoseconds &- ticks &* 1_000_000_000 / Int64(rate)
    }
}
