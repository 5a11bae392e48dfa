/// The packets sent on one stream that may still be asked for again (`media.md` 6.5): a ring from wire number to packet,
/// which holds a reference in the slab for each. Whoever drops a history clears it first, or its cells stay taken.
package struct SendHistory: Sendable {
    /// An entry is kept for 1.5 s at most: nobody can use a picture that comes later.
    package static let ageMax = MediaSpan.milliseconds(1_500)

    private struct Entry: Sendable, BitwiseCopyable {
        var packet: Outgoing
        var sentAt: MediaTime
        var resentAt: MediaTime
        var timesResent: UInt8
        var isUsed: Bool
    }

    private var entries: [Entry]
    private let mask: UInt64

    /// Room for the next power of two of `capacity`, 64 to 1,024 packets; made once.
    package init(capacity: Int) {
        var size = 64
        while size < min(capacity, 1_024) { size *= 2 }
        let nothing = Outgoing(stream: 0, packet: .none, sequence: 0, timestamp: 0, marker: false)
        let empty = Entry(packet: nothing, sentAt: .zero, resentAt: .zero, timesResent: 0, isUsed: false)
        self.entries = Array(repeating: empty, count: size)
        self.mask = UInt64(size - 1)
    }

    /// Remembers a packet that was sent for the first time, and retains it; what stood in its place is released.
    package mutating func record(_ packet: Outgoing, now: MediaTime, slab: inout PacketSlab) {
        let index = Int(packet.sequence & self.mask)
        self.forget(index, slab: &slab)
        guard slab.retain(packet.packet) else { return }
        self.entries[index] = Entry(packet: packet, sentAt: now, resentAt: .zero, timesResent: 0, isUsed: true)
    }

    /// The packet sent with the wire number `sequence`, ready to be written as a retransmission, and marks it as sent
    /// again. Nil when it is gone, too old, or went out again less than a round trip ago.
    package mutating func take(_ sequence: UInt16, now: MediaTime, roundTrip: MediaSpan) -> Outgoing? {
        let index = Int(UInt64(sequence) & self.mask)
        let entry = self.entries[index]
        guard entry.isUsed, UInt16(truncatingIfNeeded: entry.packet.sequence) == sequence,
            now - entry.sentAt <= Self.ageMax, entry.timesResent == 0 || now - entry.resentAt >= roundTrip
        else { return nil }
        self.entries[index].resentAt = now
        self.entries[index].timesResent = entry.timesResent &+ 1
        var packet = entry.packet
        packet.isRetransmission = true
        return packet
    }

    /// What a NACK item asks for: at most 17 packets, in order.
    package mutating func take(
        _ item: MissingPackets, now: MediaTime, roundTrip: MediaSpan, _ body: (Outgoing) -> Void
    ) {
        if let packet = self.take(item.sequence, now: now, roundTrip: roundTrip) { body(packet) }
        for bit in UInt16(0)..<16 where item.following >> bit & 1 == 1 {
            if let packet = self.take(item.sequence &+ bit &+ 1, now: now, roundTrip: roundTrip) { body(packet) }
        }
    }

    /// Gives every reference back.
    package mutating func clear(slab: inout PacketSlab) {
        for index in self.entries.indices { self.forget(index, slab: &slab) }
    }

    private mutating func forget(_ index: Int, slab: inout PacketSlab) {
        guard self.entries[index].isUsed else { return }
        slab.release(self.entries[index].packet.packet)
        self.entries[index].isUsed = false
    }
}
