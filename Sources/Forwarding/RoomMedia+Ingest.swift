package import MediaCore

/// The packet path: one decision per packet and subscriber, no allocation, no look into the frame (`media.md` 4.2, 6.3).
extension RoomMedia {
    /// Takes one received packet with the caller's reference to it. True = flush before the next input: somebody's ring
    /// is nearly full. Nothing is dropped for that reason as long as the owner obeys.
    package mutating func ingest(
        _ handle: PacketHandle, from member: MemberHandle, slab: inout PacketSlab
    ) -> Bool {
        guard slab.holds(handle) else { return false }
        guard self.turnCount < Bounds.turn else {
            // The owner did not flush when told. A lost packet is better than a trap.
            slab.release(handle)
            return true
        }
        let packet = slab[handle]
        guard self.holds(member), packet.encoding == 0, packet.stream < Bounds.sections,
            let row = self.members[member.index].sections[Int(packet.stream)],
            (self.publications[row].kind == .audio) == (packet.codec == .opus)
        else {
            self.statistics.unannounced &+= 1
            slab.release(handle)
            return false
        }
        guard self.publications[row].isWithinRate(Int(packet.payloadLength), now: packet.arrival) else {
            self.statistics.rateLimited &+= 1
            slab.release(handle)
            return false
        }
        guard packet.payloadLength > 0 else {
            self.publications[row].window.skip(packet.sequence)
            self.statistics.padding &+= 1
            slab.release(handle)
            return false
        }
        guard let own = self.publications[row].window.admit(packet.sequence) else {
            self.statistics.repeated &+= 1
            slab.release(handle)
            return false
        }
        self.statistics.ingested &+= 1
        self.keep(handle, as: own, of: row, slab: &slab)
        let isNearlyFull = self.fanOut(packet, handle, as: own, of: row)
        self.turn[self.turnCount] = handle
        self.turnCount += 1
        if packet.startsKeyFrame {
            // One that came late begins nothing by itself: what follows it has passed already.
            let newest = self.publications[row].window.newest
            if own < newest { self.catchUp(from: own, through: newest, of: row, slab: &slab) }
            if own == newest || !self.isAnybodyWaiting(for: row) { self.publications[row].arbiter.keyFrameBegan() }
        }
        return isNearlyFull || !self.hasTurnLeft
    }

    /// Keeps the packet for retransmission while somebody may ask for it. When the slab is crowded a publication makes do
    /// with little, so that one room cannot take the packets of all others.
    private mutating func keep(_ handle: PacketHandle, as own: UInt64, of row: UInt32, slab: inout PacketSlab) {
        guard self.publications[row].count > 0 else { return }
        self.publications[row].ring?.keep(handle, as: own, slab: &slab)
        if slab.used > slab.capacity / 4 * 3 {
            self.publications[row].ring?.shrink(to: Bounds.ringWhenCrowded, slab: &slab)
        }
    }

    private func isAnybodyWaiting(for row: UInt32) -> Bool {
        let subscriptions = self.publications[row].subscriptions
        for place in 0..<self.publications[row].count {
            let slots = self.members[subscriptions[place].member].slots
            if slots[Int(subscriptions[place].slot)].rewriter.phase == .waiting { return true }
        }
        return false
    }

    /// A key frame whose first packet was lost and came again: slots that wait for one begin at it, with everything that
    /// came after it out of the ring, unless that is more than fits.
    private mutating func catchUp(from own: UInt64, through newest: UInt64, of row: UInt32, slab: inout PacketSlab) {
        let count = newest - own + 1
        guard count <= Bounds.catchUp, self.turnCount + Int(count) + Bounds.nackItem <= Bounds.turn else { return }
        let subscriptions = self.publications[row].subscriptions
        var isTaken = false
        for place in 0..<self.publications[row].count {
            let member = subscriptions[place].member, slot = Int(subscriptions[place].slot)
            let slots = self.members[member].slots
            guard slots[slot].rewriter.phase == .waiting,
                self.members[member].pendingCount + Int(count) + Bounds.nackItem <= Bounds.pending
            else { continue }
            for number in own...newest {
                guard let handle = self.publications[row].ring?.packet(number), slab.holds(handle) else { continue }
                if !isTaken, self.turnCount + Bounds.nackItem < Bounds.turn, slab.retain(handle) {
                    self.turn[self.turnCount] = handle
                    self.turnCount += 1
                }
                let forwarded = self.members[member].forward(
                    slab[handle], handle, as: number, to: slot, isNewest: true)
                guard forwarded != .no else { continue }
                if forwarded == .first { self.tellBeginning(slot, of: member, from: row) }
                self.markDirty(member)
            }
            isTaken = true
        }
    }

    /// Whether one more input fits before the flush.
    var hasTurnLeft: Bool { self.turnCount + Bounds.nackItem <= Bounds.turn }

    /// One packet to everybody whose slot shows it. True = somebody's ring is nearly full.
    private mutating func fanOut(
        _ packet: MediaPacket, _ handle: PacketHandle, as own: UInt64, of row: UInt32
    ) -> Bool {
        let subscriptions = self.publications[row].subscriptions
        let isNewest = own == self.publications[row].window.newest
        var isNearlyFull = false
        for place in 0..<self.publications[row].count {
            let subscriber = subscriptions[place].member
            let slot = Int(subscriptions[place].slot)
            let forwarded = self.members[subscriber].forward(packet, handle, as: own, to: slot, isNewest: isNewest)
            guard forwarded != .no else { continue }
            if forwarded == .first { self.tellBeginning(slot, of: subscriber, from: row) }
            self.markDirty(subscriber)
            if !self.members[subscriber].hasRoomForItem { isNearlyFull = true }
        }
        return isNearlyFull
    }

    mutating func markDirty(_ member: UInt32) {
        self.statistics.forwarded &+= 1
        guard !self.members[member].isDirty else { return }
        self.members[member].isDirty = true
        self.members[member].nextDirty = self.firstDirty
        self.firstDirty = member
    }

    /// A filling shows its first packet: its clock is the publisher's if a report told it, else this packet's arrival.
    private mutating func tellBeginning(_ slot: Int, of member: UInt32, from row: UInt32) {
        let slots = self.members[member].slots
        if let source = self.publications[row].clock {
            slots[slot].clock = ClockMapping(
                rtpTime: source.rtpTime &+ slots[slot].rewriter.timestampDelta, at: source.at)
        }
        self.notice(member)
    }
}
