package import MediaCore

/// What receivers report through RTCP.
extension RoomMedia {
    /// `member` misses packets of a stream: RFC 4585 §6.2.1, the first number and sixteen more as bits. True = flush
    /// before the next input.
    package mutating func missing(
        _ first: UInt16, following: UInt16, stream: UInt16, of member: MemberHandle, now: MediaTime,
        slab: inout PacketSlab
    ) -> Bool {
        guard self.holds(member), Int(stream) < self.members[member.index].slots.count else { return false }
        guard self.members[member.index].hasRoomForItem, self.hasTurnLeft else { return true }
        guard self.members[member.index].missingItems.take(now: now) else {
            self.statistics.rateLimited &+= 1
            return false
        }
        for bit in 0..<UInt16(Bounds.nackItem) {
            guard bit == 0 || following & (1 << (bit - 1)) != 0 else { continue }
            self.resend(first &+ bit, stream: Int(stream), of: member.index, now: now, slab: &slab)
        }
        return !self.members[member.index].hasRoomForItem || !self.hasTurnLeft
    }

    private mutating func resend(
        _ number: UInt16, stream: Int, of member: UInt32, now: MediaTime, slab: inout PacketSlab
    ) {
        let slot = self.members[member].slots[stream]
        guard let sequence = slot.rewriter.sent(number),
            let handle = slot.history.resend(sequence, now: now, roundTrip: self.members[member].roundTrip),
            slab.holds(handle)
        else {
            self.statistics.resendRefused &+= 1
            return
        }
        guard self.members[member].retransmissions.take(now: now) else {
            self.statistics.rateLimited &+= 1
            return
        }
        slab.retain(handle)
        self.turn[self.turnCount] = handle
        self.turnCount += 1
        let placed = slot.rewriter.placement(of: slab[handle], sequence: sequence)
        self.members[member].append(placed, handle, to: stream, isRetransmission: true)
        self.statistics.resent &+= 1
        self.markDirty(member)
    }

    /// `member` cannot decode a stream any more (PLI or FIR).
    package mutating func keyFrameWanted(stream: UInt16, of member: MemberHandle, now: MediaTime) {
        guard self.holds(member), Int(stream) < self.members[member.index].slots.count,
            let shown = self.members[member.index].slots[Int(stream)].publication,
            self.publications[shown].kind == .video
        else { return }
        guard self.members[member.index].keyFrameRequests.take(now: now) else {
            self.statistics.rateLimited &+= 1
            return
        }
        self.wantKeyFrame(shown, now: now)
    }

    /// The round trip to `member`: nothing is resent more often.
    package mutating func setRoundTrip(_ span: MediaSpan, of member: MemberHandle) {
        guard self.holds(member) else { return }
        self.members[member.index].roundTrip = min(max(span, .milliseconds(20)), .milliseconds(400))
    }
}
