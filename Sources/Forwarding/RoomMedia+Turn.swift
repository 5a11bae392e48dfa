package import MediaCore

/// How packets leave: for each dirty member the owner reads `pending`, writes and seals them, and calls `written`; at
/// last `endTurn`. No copy, no closure, one cross-module call a member.
extension RoomMedia {
    /// A member with packets to write; nil = everything is written.
    package func nextDirty() -> MemberHandle? { self.firstDirty.map { self.handle($0) } }

    /// The packets to write, in the order in which they must go per stream.
    @_lifetime(borrow self)
    package func pending(of member: MemberHandle) -> Span<Outgoing> {
        guard self.holds(member) else { return Span() }
        return self.members[member.index].pending.prefix(self.members[member.index].pendingCount)
    }

    /// The first dirty member's packets were written, or could not be.
    package mutating func written() {
        guard let index = self.firstDirty else { return }
        self.members[index].pendingCount = 0
        self.members[index].isDirty = false
        self.firstDirty = self.members[index].nextDirty
    }

    /// Gives the turn's packets back to the slab; everything is written.
    package mutating func endTurn(slab: inout PacketSlab) {
        while self.firstDirty != nil { self.written() }
        for index in 0..<self.turnCount { slab.release(self.turn[index]) }
        self.turnCount = 0
    }

    /// A timer fired.
    package mutating func elapse(now: MediaTime, slab: inout PacketSlab) {
        guard now >= self.deadline else { return }
        self.deadline = .never
        for index in 0..<self.members.bound where self.members.isUsed(index) {
            if self.members[index].arrangeAt <= now {
                self.members[index].arrangeAt = .never
                self.arrangeAudio(index, now: now)
                self.arrangeVideo(index, now: now)
            }
            self.deadline = min(self.deadline, self.members[index].arrangeAt)
        }
        let trims = now >= self.trimAt
        if trims { self.trimAt = self.publications.count > 0 ? now + Timers.trim : .never }
        self.deadline = min(self.deadline, self.trimAt)
        let kept = now + MediaSpan(nanoseconds: -Bounds.ringSpan.nanoseconds)
        for row in 0..<self.publications.bound where self.publications.isUsed(row) {
            if self.publications[row].arbiter.elapse(now: now) { self.ask(row) }
            if trims { self.publications[row].ring?.trim(before: kept, slab: &slab) }
            self.deadline = min(self.deadline, self.publications[row].arbiter.deadline)
        }
    }
}
