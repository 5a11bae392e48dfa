internal import Forwarding
internal import MediaCore
internal import MediaCrypto

/// Commands are total: whatever they name, they do it, answer, or do nothing.
extension Worker {
    /// Carries out everything that waits; false = the worker should end after this turn.
    mutating func takeCommands() -> Bool {
        let (commands, isStopped) = self.queue.take()
        for command in commands { self.perform(command) }
        return !isStopped
    }

    private mutating func perform(_ command: SFUCommand) {
        switch command {
        case .openRoom(let room): self.openRoom(room)
        case .closeRoom(let room): self.closeRoom(room)
        case .open(let request): self.open(request)
        case .close(let id): self.close(id)
        case .announce(let id, let publication, let mid): self.announce(publication, mid: mid, of: id)
        case .withdraw(let publication):
            self.atPlace(of: publication) { room, _, _, now, slab in room.withdraw(publication, now: now, slab: &slab) }
        case .forbid(let publication):
            self.atPlace(of: publication) { room, member, section, now, slab in
                room.forbid(section: section, of: member, now: now, slab: &slab)
            }
        case .forbidAll(let id):
            self.atSeat(of: id) { $0.forbid($1, now: $2, slab: &$3) }
            self.forgetWaitingMedia()
        case .permit(let id): self.atSeat(of: id) { room, member, _, _ in room.permit(member) }
        case .want(let id, let wants):
            self.atSeat(of: id) { room, member, now, _ in
                room.want(wants, of: member, now: now)
            }
        case .restart(let id, let remote): self.restart(id, remote: remote)
        case .statistics: self.told.append(.statistics(self.counted()))
        }
    }

    private mutating func atPlace(
        of publication: PublicationID,
        _ body: (inout RoomMedia, MemberHandle, UInt16, MediaTime, inout PacketSlab) -> RoomAnswer
    ) {
        guard let place = self.placeOfPublication[publication], self.seats.isUsed(place.seat) else { return }
        let room = self.seats[place.seat].room
        _ = body(&self.rooms[room].media, self.seats[place.seat].member, place.section, self.now, &self.slab)
        self.mark(room: room)
        self.forgetWaitingMedia()
    }

    /// Sealed packets that a socket would not take yet may be of somebody who was just silenced, or for somebody who just
    /// left. They are not told apart any more, so all media that waits there goes; control stays.
    private mutating func forgetWaitingMedia() {
        for outlet in 0..<self.outletCount { self.outlets[outlet].forgetMedia() }
    }

    private mutating func atSeat(
        of id: EndpointID, _ body: (inout RoomMedia, MemberHandle, MediaTime, inout PacketSlab) -> RoomAnswer
    ) {
        guard let seat = self.seatOf[id] else { return }
        let room = self.seats[seat].room
        _ = body(&self.rooms[room].media, self.seats[seat].member, self.now, &self.slab)
        self.mark(room: room)
    }

    // MARK: Rooms

    private mutating func openRoom(_ id: RoomID) {
        guard self.roomOf[id] == nil, !self.roomTable.isFull else { return }
        self.roomOf[id] = self.roomTable.insert(Room(id: id, rates: self.rates))
    }

    private mutating func closeRoom(_ id: RoomID) {
        guard let room = self.roomOf[id] else { return }
        for seat in 0..<self.seatTable.bound where self.seats.isUsed(seat) && self.seats[seat].room == room {
            self.end(seat, .closed)
        }
        self.rooms[room].media.close(now: self.now, slab: &self.slab)
        self.timers.schedule(self.roomTimers + room, at: .never)
        self.pendingRooms.removeAll { $0 == room }
        self.unwritten.removeAll { $0 == room }
        self.roomOf[id] = nil
        self.roomTable.remove(room)
    }

    // MARK: Publications

    private mutating func announce(_ publication: PublicationID, mid: String, of id: EndpointID) {
        guard let seat = self.seatOf[id],
            let section = self.seats[seat].sections.firstIndex(where: { $0.mid == mid })
        else { return }
        let room = self.seats[seat].room
        let kind = self.seats[seat].sections[section].kind
        let answer = self.rooms[room].media.announce(
            publication, of: self.seats[seat].member, section: UInt16(section), kind: kind, now: self.now)
        if answer == .done, self.placeOfPublication[publication] == nil {
            self.placeOfPublication[publication] = PublicationPlace(seat: seat, section: UInt16(section))
            self.seats[seat].publications.append(publication)
        }
        self.mark(room: room)
    }

    // MARK: Endpoints

    private mutating func close(_ id: EndpointID) {
        guard let seat = self.seatOf[id] else { return }
        self.seats[seat].endpoint.perform(.close, now: self.now)
        // Draining it sends the DTLS goodbye and then ends the seat.
        self.drain(seat)
    }

    private mutating func restart(_ id: EndpointID, remote: ICECredentials) {
        guard let seat = self.seatOf[id] else { return }
        let local = self.freshCredentials()
        guard let name = LocalName.key(local.userFragment), self.names.set(name, Int32(seat)) else { return }
        self.names.remove(self.seats[seat].names[1])
        self.seats[seat].names[1] = self.seats[seat].names[0]
        self.seats[seat].names[0] = name
        self.seats[seat].credentials = local
        self.seats[seat].endpoint.perform(
            .restart(local: local, remote: remote, remoteCandidates: []), now: self.now)
        self.mark(seat: seat)
        self.told.append(.restarted(id, local))
    }

    /// Credentials whose name nobody else on this worker has.
    mutating func freshCredentials() -> ICECredentials {
        while true {
            let credentials = self.random.credentials()
            guard let name = LocalName.key(credentials.userFragment), self.names.find(name) == nil else { continue }
            return credentials
        }
    }

    /// Takes an endpoint out of everything. What it had announced is gone with it.
    mutating func end(_ seat: Int, _ reason: EndpointEnd) {
        guard self.seats.isUsed(seat) else { return }
        let room = self.seats[seat].room
        self.rooms[room].media.leave(self.seats[seat].member, now: self.now, slab: &self.slab)
        self.mark(room: room)
        for index in 0..<SFUBounds.namesPerEndpoint { self.names.remove(self.seats[seat].names[index]) }
        for index in 0..<SFUBounds.pathsPerEndpoint {
            if let path = self.seats[seat].paths[index] { self.forget(path, of: seat) }
        }
        self.timers.schedule(seat, at: .never)
        self.pendingSeats.removeAll { $0 == seat }
        self.giveUpPath(of: seat)
        for publication in self.seats[seat].publications { self.placeOfPublication[publication] = nil }
        self.forgetWaitingMedia()
        let id = self.seats[seat].id
        self.seatOf[id] = nil
        self.told.append(.ended(id, reason))
        self.seatTable.remove(seat)
    }

    private func counted() -> WorkerStatistics {
        var counted = self.statistics
        counted.rooms = self.roomTable.count
        counted.endpoints = self.seatTable.count
        counted.paths = self.paths.count
        counted.cellsUsed = self.slab.used
        counted.cellsExhausted = self.slab.exhausted
        for room in 0..<self.roomTable.bound where self.rooms.isUsed(room) {
            counted.forwarding.add(self.rooms[room].media.statistics)
        }
        return counted
    }
}
