package import MediaCore

extension RoomMedia {
    /// A section of `member` starts to send, under a name the control plane chose.
    package mutating func announce(
        _ publication: PublicationID, of member: MemberHandle, section: UInt16, kind: MediaKind, now: MediaTime
    ) -> RoomAnswer {
        guard self.holds(member), section < Bounds.sections else { return .unknown }
        guard self.members[member.index].forbidden & (1 << section) == 0 else { return .forbidden }
        guard self.rows[publication] == nil, self.members[member.index].sections[Int(section)] == nil else {
            return .taken
        }
        let row = Publication(id: publication, owner: member.index, section: section, kind: kind, rates: self.rates)
        guard let place = self.publications.insert(row) else {
            preconditionFailure("the table has a place for every section of every member")
        }
        self.rows[publication] = place.index
        self.members[member.index].sections[Int(section)] = place.index
        if self.trimAt == .never { self.trimAt = now + Timers.trim }
        self.deadline = min(self.deadline, self.trimAt)
        self.arrangeAll(kind, now: now)
        return .done
    }

    /// The section stopped sending (a mute, too). Its packets are not forwarded from here on, not even those decided
    /// earlier in this turn.
    @discardableResult
    package mutating func withdraw(
        _ publication: PublicationID, now: MediaTime, slab: inout PacketSlab
    ) -> RoomAnswer {
        guard let row = self.rows[publication] else { return .unknown }
        let kind = self.publications[row].kind
        self.withdraw(row: row, now: now, slab: &slab)
        self.arrangeAll(kind, now: now)
        return .done
    }

    /// Withdraws, and refuses its section until `permit`.
    @discardableResult
    package mutating func forbid(
        _ publication: PublicationID, now: MediaTime, slab: inout PacketSlab
    ) -> RoomAnswer {
        guard let row = self.rows[publication] else { return .unknown }
        let forbidden = self.publications[row]
        self.members[forbidden.owner].forbidden |= 1 << forbidden.section
        return self.withdraw(publication, now: now, slab: &slab)
    }

    /// Withdraws what a section sends, and refuses it until `permit`; also a section that sends nothing at the moment.
    @discardableResult
    package mutating func forbid(
        section: UInt16, of member: MemberHandle, now: MediaTime, slab: inout PacketSlab
    ) -> RoomAnswer {
        guard self.holds(member), section < Bounds.sections else { return .unknown }
        self.members[member.index].forbidden |= 1 << section
        guard let row = self.members[member.index].sections[Int(section)] else { return .done }
        return self.withdraw(self.publications[row].id, now: now, slab: &slab)
    }

    /// Nothing of this member is forwarded until `permit`.
    @discardableResult
    package mutating func forbid(_ member: MemberHandle, now: MediaTime, slab: inout PacketSlab) -> RoomAnswer {
        guard self.holds(member) else { return .unknown }
        self.members[member.index].forbidden = .max
        for section in 0..<Bounds.sections {
            guard let row = self.members[member.index].sections[section] else { continue }
            let id = self.publications[row].id
            self.withdraw(id, now: now, slab: &slab)
        }
        return .done
    }

    /// The member may announce its sections again.
    @discardableResult
    package mutating func permit(_ member: MemberHandle) -> RoomAnswer {
        guard self.holds(member) else { return .unknown }
        self.members[member.index].forbidden = 0
        return .done
    }

    /// Takes a publication out of every slot and out of the room.
    mutating func withdraw(row: UInt32, now: MediaTime, slab: inout PacketSlab) {
        while self.publications[row].count > 0 {
            let last = self.publications[row].subscriptions[self.publications[row].count - 1]
            self.empty(Int(last.slot), of: last.member, now: now)
        }
        self.members[self.publications[row].owner].sections[Int(self.publications[row].section)] = nil
        self.rows[self.publications[row].id] = nil
        self.unlinkPublication(row)
        self.publications[row].ring?.trim(before: .never, slab: &slab)
        self.publications[row].free()
        self.publications.remove(row)
    }
}
