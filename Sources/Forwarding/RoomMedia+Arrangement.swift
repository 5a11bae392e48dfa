package import MediaCore

/// Which publication goes into which slot (`media.md` 3.4): commands only, never on the packet path.
extension RoomMedia {
    /// Replaces what `member` wants to see. Publications not announced yet count from when they are.
    package mutating func want(_ wants: [Want], of member: MemberHandle, now: MediaTime) -> RoomAnswer {
        guard self.holds(member), wants.count <= Bounds.wants else { return .unknown }
        let list = self.members[member.index].wants
        var count = 0
        // A stable insertion sort by rank: at most a hundred items, usually sorted already.
        for want in wants where want.height > 0 {
            var place = count
            while place > 0, list[place - 1].rank > want.rank {
                list[place] = list[place - 1]
                place -= 1
            }
            list[place] = want
            count += 1
        }
        self.members[member.index].wantCount = count
        self.arrangeVideo(member.index, now: now)
        return .done
    }

    /// After a publication came or went: everybody whom that may concern.
    mutating func arrangeAll(_ kind: MediaKind, now: MediaTime) {
        for member in 0..<self.members.bound where self.members.isUsed(member) {
            if kind == .audio { self.arrangeAudio(member, now: now) } else { self.arrangeVideo(member, now: now) }
        }
    }

    /// Every announced sound of others, as long as there are slots; nobody needs to ask (`media.md` 6.8).
    mutating func arrangeAudio(_ member: UInt32, now: MediaTime) {
        guard self.members[member].isConnected, self.hasEmptySlot(.audio, member) else { return }
        let mark = self.markShown(.audio, member)
        for row in 0..<self.publications.bound where self.publications.isUsed(row) {
            guard self.publications[row].kind == .audio, self.publications[row].owner != member else { continue }
            guard self.publications[row].mark != mark else { continue }
            guard self.place(row, for: member, now: now) else { return }
        }
    }

    /// The first wanted pictures in rank order: those shown keep their slot, the others find one.
    mutating func arrangeVideo(_ member: UInt32, now: MediaTime) {
        guard self.members[member].isConnected else { return }
        let mark = self.markWanted(member)
        for slot in 0..<self.members[member].slots.count {
            guard let row = self.members[member].slots[slot].publication else { continue }
            guard self.publications[row].kind == .video else { continue }
            if self.publications[row].mark == mark {
                self.publications[row].mark = 0
            } else {
                self.empty(slot, of: member, now: now)
            }
        }
        for index in 0..<self.members[member].wantCount {
            let want = self.members[member].wants[index]
            guard let row = self.rows[want.publication] else { continue }
            guard self.publications[row].mark == mark else { continue }
            self.publications[row].mark = 0
            guard self.place(row, for: member, now: now) else { return }
        }
    }

    /// Marks the pictures this member should see, as many as it has slots for.
    private mutating func markWanted(_ member: UInt32) -> UInt64 {
        self.lastMark += 1
        let slots = self.members[member].slots
        var left = 0
        for slot in 0..<slots.count where slots[slot].kind == .video { left += 1 }
        for index in 0..<self.members[member].wantCount where left > 0 {
            guard let wanted = self.rows[self.members[member].wants[index].publication] else { continue }
            guard self.publications[wanted].kind == .video, self.publications[wanted].owner != member else { continue }
            guard self.publications[wanted].mark != self.lastMark else { continue }
            self.publications[wanted].mark = self.lastMark
            left -= 1
        }
        return self.lastMark
    }

    private mutating func markShown(_ kind: MediaKind, _ member: UInt32) -> UInt64 {
        self.lastMark += 1
        let slots = self.members[member].slots
        for slot in 0..<slots.count where slots[slot].kind == kind {
            guard let shown = slots[slot].publication else { continue }
            self.publications[shown].mark = self.lastMark
        }
        return self.lastMark
    }

    private func hasEmptySlot(_ kind: MediaKind, _ member: UInt32) -> Bool {
        let slots = self.members[member].slots
        for slot in 0..<slots.count where slots[slot].kind == kind && slots[slot].publication == nil { return true }
        return false
    }

    /// Fills the best empty slot with `row`. False = none may be filled now; it is tried again when one may be.
    private mutating func place(_ row: UInt32, for member: UInt32, now: MediaTime) -> Bool {
        let kind = self.publications[row].kind
        let slots = self.members[member].slots
        var best: (slot: Int, fitness: Int)?
        var later = MediaTime.never
        for slot in 0..<slots.count {
            let candidate = slots[slot]
            guard candidate.kind == kind, candidate.publication == nil else { continue }
            guard candidate.refillableAt <= now else {
                later = min(later, candidate.refillableAt)
                continue
            }
            let fitness = self.fitness(of: candidate, for: row, member: member)
            if let known = best {
                let isOlder = candidate.emptiedAt < slots[known.slot].emptiedAt
                guard fitness > known.fitness || (fitness == known.fitness && isOlder) else { continue }
            }
            best = (slot, fitness)
        }
        if let best {
            self.fill(best.slot, of: member, with: row, now: now)
            return true
        }
        self.members[member].arrangeAt = min(self.members[member].arrangeAt, later)
        self.deadline = min(self.deadline, later)
        return false
    }

    /// Its own old place is best; then the place beside the same person's voice or picture; then one beside nobody's.
    private func fitness(of slot: Slot, for row: UInt32, member: UInt32) -> Int {
        if slot.lastPublication == self.publications[row].id { return 3 }
        let slots = self.members[member].slots
        for index in 0..<slots.count {
            let partner = slots[index]
            guard partner.kind != slot.kind, partner.pair == slot.pair, let shown = partner.publication else {
                continue
            }
            return self.publications[shown].owner == self.publications[row].owner ? 2 : 0
        }
        return 1
    }
}
