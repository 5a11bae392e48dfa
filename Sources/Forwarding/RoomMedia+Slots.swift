internal import MediaCore

extension RoomMedia {
    /// Lets `slot` show `row`: new deltas with its next packet, one key frame request, one `assigned` line.
    mutating func fill(_ slot: Int, of member: UInt32, with row: UInt32, now: MediaTime) {
        let place = self.publications[row].subscribe(Subscription(member: member, slot: UInt16(slot)))
        let slots = self.members[member].slots
        slots[slot].publication = row
        slots[slot].subscription = place
        slots[slot].lastPublication = self.publications[row].id
        slots[slot].filledAt = now
        slots[slot].rewriter.fill()
        if slots[slot].hasRetransmission { slots[slot].history.clear() }
        self.statistics.slotsFilled &+= 1
        self.noticeAssignment(member)
        if self.publications[row].kind == .video { self.wantKeyFrame(row, now: now) }
    }

    /// Lets `slot` show nothing, and takes back what this turn had already decided for it.
    mutating func empty(_ slot: Int, of member: UInt32, now: MediaTime) {
        let slots = self.members[member].slots
        guard let row = slots[slot].publication else { return }
        let place = slots[slot].subscription
        if let moved = self.publications[row].unsubscribe(place) {
            let others = self.members[moved.member].slots
            others[Int(moved.slot)].subscription = place
        }
        if self.publications[row].count == 0 { self.publications[row].arbiter.forget() }
        slots[slot].publication = nil
        slots[slot].emptiedAt = now
        slots[slot].rewriter.empty()
        slots[slot].clock = nil
        slots[slot].toldClock = nil
        slots[slot].flowIsNew = false
        self.members[member].takeBack(slot)
        self.noticeAssignment(member)
    }

    private mutating func noticeAssignment(_ member: UInt32) {
        self.members[member].assignmentIsNew = true
        self.notice(member)
    }
}
