internal import MediaCore

/// One endpoint in the room: its slots, its announced sections, its packets waiting to be written.
struct Member: BitwiseCopyable {
    /// By what the owner finds its endpoint.
    let tag: UInt64
    let slots: FixedRows<Slot>
    /// It can be sent to.
    var isConnected = false
    /// By rank; the first `wantCount` count.
    let wants: FixedRows<Want>
    var wantCount = 0
    /// Decided, not yet written; the first `pendingCount` count.
    let pending: FixedRows<Outgoing>
    var pendingCount = 0

    /// Row of the publication of each own section.
    var sections = InlineArray<8, UInt32?>(repeating: nil)
    /// A bit for each own section that may not be announced.
    var forbidden: UInt8 = 0
    var clock = PublisherClock()
    var roundTrip = Timers.roundTripUnknown
    var retransmissions = TokenBucket(
        burst: Bounds.retransmissionBurst, perSecond: Bounds.retransmissionsPerSecond)
    var missingItems = TokenBucket(burst: Bounds.nackItemBurst, perSecond: Bounds.nackItemsPerSecond)
    var keyFrameRequests = TokenBucket(burst: Bounds.keyFrameBurst, perSecond: Bounds.keyFramesPerSecond)

    var generation: UInt64 = 0
    var assignmentIsNew = false
    /// A slot has a clock or a beginning to tell of.
    var streamIsNew = false
    /// A publication waits for a slot that was filled less than 300 ms ago.
    var arrangeAt = MediaTime.never
    var isDirty = false
    var nextDirty: UInt32?
    var isNoticed = false
    var nextNoticed: UInt32?

    init(tag: UInt64, slots parameters: [SlotParameters]) {
        self.tag = tag
        self.slots = FixedRows(unwritten: parameters.count)
        self.wants = FixedRows(
            repeating: Want(publication: PublicationID(rawValue: 0), height: 0, rank: 0), count: Bounds.wants)
        self.pending = FixedRows(
            repeating: Outgoing(stream: 0, packet: .none, sequence: 0, timestamp: 0, marker: false),
            count: Bounds.pending)
        var pairs: (audio: UInt16, video: UInt16) = (0, 0)
        for (index, slot) in parameters.enumerated() {
            self.slots[index] = Slot(slot, pair: slot.kind == .audio ? pairs.audio : pairs.video)
            if slot.kind == .audio { pairs.audio += 1 } else { pairs.video += 1 }
        }
    }

    func free() {
        for index in 0..<self.slots.count { self.slots[index].history.free() }
        self.slots.free()
        self.wants.free()
        self.pending.free()
    }

    /// Room for one more NACK item in the pending ring.
    var hasRoomForItem: Bool { self.pendingCount + Bounds.nackItem <= Bounds.pending }
}

/// What became of one packet at one subscriber.
enum Forwarded {
    /// Not for this slot, or not yet.
    case no
    case yes
    /// The first packet of a filling.
    case first
}

extension Member {
    /// Decides one packet for one slot and keeps the decision until the flush. A slot that waits begins at the newest
    /// packet only: behind an older one others have passed that would be missing.
    mutating func forward(
        _ packet: MediaPacket, _ handle: PacketHandle, as own: UInt64, to index: Int, isNewest: Bool
    ) -> Forwarded {
        // The owner flushes when told, so there is room; if it ever did not, a hole is better than a trap.
        guard self.pendingCount < Bounds.pending else { return .no }
        let wasWaiting = self.slots[index].rewriter.phase == .waiting
        guard isNewest || !wasWaiting else { return .no }
        guard let placed = self.slots[index].rewriter.place(packet, source: own) else { return .no }
        if self.slots[index].hasRetransmission { self.slots[index].history.note(handle, sequence: placed.sequence) }
        self.append(placed, handle, to: index, isRetransmission: false)
        guard wasWaiting else { return .yes }
        self.slots[index].flowIsNew = true
        self.slots[index].clock = ClockMapping(rtpTime: placed.timestamp, at: packet.arrival)
        self.streamIsNew = true
        return .first
    }

    mutating func append(_ placed: Rewriter.Placed, _ handle: PacketHandle, to index: Int, isRetransmission: Bool) {
        precondition(self.pendingCount < Bounds.pending, "who decides a packet made sure of the room")
        self.pending[self.pendingCount] = Outgoing(
            stream: UInt16(truncatingIfNeeded: index), packet: handle, sequence: placed.sequence,
            timestamp: placed.timestamp, marker: placed.marker, isRetransmission: isRetransmission, patch: placed.patch)
        self.pendingCount += 1
    }

    /// Drops pending packets of one slot, keeping the order of the others. Their numbers stay holes.
    mutating func takeBack(_ slot: Int) {
        var kept = 0
        for index in 0..<self.pendingCount where Int(self.pending[index].stream) != slot {
            self.pending[kept] = self.pending[index]
            kept += 1
        }
        self.pendingCount = kept
    }
}
