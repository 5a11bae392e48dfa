package import MediaCore

/// What a room command came to. Commands are total: whatever they name, they answer.
package enum RoomAnswer: Sendable, Equatable {
    /// It was carried out.
    case done
    /// No such endpoint, publication or stream; nothing happened.
    case unknown
    /// The section, or its publication, is announced already; nothing happened.
    case taken
    /// The section may not be announced (any more).
    case forbidden
}

/// One room's media: who sees and hears what, and which bytes of a packet differ for each of them. It takes one input,
/// then is drained with `next` until it is idle; packets leave through `nextDirty`, `pending` and `endTurn`. It knows no
/// people, no names, no sockets and no clock, and it never looks into a frame (`media.md` 1, 6).
///
/// After `init` memory is taken only by commands, never by a packet.
package struct RoomMedia: ~Copyable {
    var members = Table<Member>(limit: Bounds.members)
    var publications = Table<Publication>(limit: Bounds.members * Bounds.sections)
    /// For commands only.
    var rows: [PublicationID: UInt32] = [:]

    var firstDirty: UInt32?
    var firstNoticedMember: UInt32?
    var firstNoticedPublication: UInt32?
    /// When `elapse` has something to do; may be early, never late.
    var deadline = MediaTime.never
    var trimAt = MediaTime.never
    var lastMark: UInt64 = 0

    /// Packets of this turn, with a reference each; the first `turnCount` count.
    let turn = FixedRows(repeating: PacketHandle.none, count: Bounds.turn)
    var turnCount = 0

    /// Plain counters since the start.
    package internal(set) var statistics = RoomStatistics()
    let rates: PublicationRates

    /// An empty room.
    package init(rates: PublicationRates = .standard) { self.rates = rates }

    deinit {
        for index in 0..<self.members.bound where self.members.isUsed(index) {
            self.members[index].free()
        }
        for row in 0..<self.publications.bound where self.publications.isUsed(row) {
            self.publications[row].free()
        }
        self.turn.free()
    }

    /// Endpoints in the room.
    package var memberCount: Int { self.members.count }

    /// Takes a seat for an endpoint with its receive slots; `tag` is by what the owner will find it. Nil = the room or
    /// the list is too large.
    package mutating func join(tag: UInt64, slots: [SlotParameters]) -> MemberHandle? {
        guard slots.count <= Bounds.slots, !self.members.isFull,
            let seat = self.members.insert(Member(tag: tag, slots: slots))
        else { return nil }
        return MemberHandle(index: seat.index, generation: seat.generation)
    }

    /// Whether `member` still has its seat.
    package func holds(_ member: MemberHandle) -> Bool { self.members.holds(member.index, member.generation) }

    /// The tag of the seat.
    package func tag(of member: MemberHandle) -> UInt64? {
        guard self.holds(member) else { return nil }
        return self.members[member.index].tag
    }

    /// The endpoint of `member` can be sent to from now on. Before this its slots stay empty: what is decided for it would
    /// use up numbers and key frames that never leave.
    package mutating func connected(_ member: MemberHandle, now: MediaTime) {
        guard self.holds(member), !self.members[member.index].isConnected else { return }
        self.members[member.index].isConnected = true
        self.arrangeAudio(member.index, now: now)
        self.arrangeVideo(member.index, now: now)
    }

    /// The endpoint is gone: nothing is sent to it and nothing of it is forwarded from here on.
    @discardableResult
    package mutating func leave(_ member: MemberHandle, now: MediaTime, slab: inout PacketSlab) -> RoomAnswer {
        guard self.holds(member) else { return .unknown }
        self.remove(member.index, now: now, slab: &slab)
        self.arrangeAll(.audio, now: now)
        self.arrangeAll(.video, now: now)
        return .done
    }

    /// Empties the room and gives back every packet.
    package mutating func close(now: MediaTime, slab: inout PacketSlab) {
        for member in 0..<self.members.bound where self.members.isUsed(member) {
            self.remove(member, now: now, slab: &slab)
        }
        self.endTurn(slab: &slab)
    }

    private mutating func remove(_ member: UInt32, now: MediaTime, slab: inout PacketSlab) {
        for slot in 0..<self.members[member].slots.count { self.empty(slot, of: member, now: now) }
        for section in 0..<Bounds.sections {
            guard let row = self.members[member].sections[section] else { continue }
            self.withdraw(row: row, now: now, slab: &slab)
        }
        self.unlinkMember(member)
        self.members[member].free()
        self.members.remove(member)
    }
}
