internal import Forwarding
internal import MediaCore

/// The contract of sans-IO values: after one input, outputs until idle.
extension Worker {
    func isAlive(_ seat: Int) -> Bool { self.seats.isUsed(seat) && self.seats[seat].ended == nil }

    mutating func mark(seat: Int) {
        guard !self.seats[seat].isPending else { return }
        self.seats[seat].isPending = true
        self.pendingSeats.append(seat)
    }

    mutating func mark(room: Int) {
        guard !self.rooms[room].isPending else { return }
        self.rooms[room].isPending = true
        self.pendingRooms.append(room)
    }

    /// Until no endpoint and no room has anything left to say. It ends: a room's notices come once each, and what they
    /// make endpoints say are datagrams.
    mutating func settle() {
        while true {
            if let seat = self.pendingSeats.popLast() {
                guard self.seats.isUsed(seat), self.seats[seat].isPending else { continue }
                self.seats[seat].isPending = false
                self.drain(seat)
            } else if let room = self.pendingRooms.popLast() {
                guard self.rooms.isUsed(room) else { continue }
                self.rooms[room].isPending = false
                self.drain(room: room)
            } else {
                return
            }
        }
    }

    /// Everything an endpoint has to say.
    mutating func drain(_ seat: Int) {
        while true {
            switch self.seats[seat].endpoint.next(now: self.now, into: &self.scratch) {
            case .transmit(let path, let byteCount): self.transmit(byteCount, to: path, from: seat)
            case .media(let packet): self.ingest(packet, from: seat)
            case .event(let event): self.handle(event, from: seat)
            case .idle(let until):
                if let reason = self.seats[seat].ended {
                    self.end(seat, reason)
                } else {
                    self.timers.schedule(seat, at: until)
                }
                return
            }
        }
    }

    private mutating func ingest(_ packet: PacketHandle, from seat: Int) {
        let room = self.seats[seat].room
        let mustFlush = self.rooms[room].media.ingest(packet, from: self.seats[seat].member, slab: &self.slab)
        self.mark(room: room)
        if mustFlush { self.write(room) }
    }

    private mutating func handle(_ event: EndpointEvent, from seat: Int) {
        let room = self.seats[seat].room
        let member = self.seats[seat].member
        switch event {
        case .connected:
            self.told.append(.connected(self.seats[seat].id))
            self.winPath(of: seat)
            self.rooms[room].media.connected(member, now: self.now)
            self.mark(room: room)
        case .pathSelected: break
        case .silent: self.told.append(.silent(self.seats[seat].id))
        case .keyFrameWanted(let stream):
            self.rooms[room].media.keyFrameWanted(stream: stream, of: member, now: self.now)
            self.mark(room: room)
        case .missing(let stream, let sequence, let following):
            if let roundTrip = self.seats[seat].endpoint.measuredRoundTrip {
                self.rooms[room].media.setRoundTrip(roundTrip, of: member)
            }
            let mustFlush = self.rooms[room].media.missing(
                sequence, following: following, stream: stream, of: member, now: self.now, slab: &self.slab)
            self.mark(room: room)
            if mustFlush { self.write(room) }
        case .senderReport(let section, let encoding, let ntp, let rtpTime, let arrival):
            self.rooms[room].media.senderReport(
                of: member, section: section, encoding: encoding, ntp: ntp, rtpTime: rtpTime, arrival: arrival)
            self.mark(room: room)
        case .ended(let reason): self.seats[seat].ended = reason
        }
    }

    /// Everything a room has to say.
    private mutating func drain(room: Int) {
        self.unwritten.append(room)
        while true {
            switch self.rooms[room].media.next(now: self.now) {
            case .assigned(let member): self.tellAssignment(of: member, in: room)
            case .flowing(let member, let stream):
                guard let seat = self.seat(of: member, in: room) else { continue }
                let mid = self.seats[seat].slotMids[Int(stream)]
                self.told.append(.flow(self.seats[seat].id, mid: mid, .flowing, nil))
            case .requestKeyFrame(let member, let section, let encoding):
                self.perform(.requestKeyFrame(section: section, encoding: encoding), at: member, in: room)
            case .sourceChanged(let member, let stream, let rtpTime, let at):
                self.perform(.sourceChanged(stream: stream, rtpTime: rtpTime, at: at), at: member, in: room)
            case .idle(let until):
                self.timers.schedule(self.roomTimers + room, at: until)
                return
            }
        }
    }

    private mutating func perform(_ command: EndpointCommand, at member: MemberHandle, in room: Int) {
        guard let seat = self.seat(of: member, in: room) else { return }
        self.seats[seat].endpoint.perform(command, now: self.now)
        self.mark(seat: seat)
    }

    func seat(of member: MemberHandle, in room: Int) -> Int? {
        guard let tag = self.rooms[room].media.tag(of: member) else { return nil }
        let seat = Int(truncatingIfNeeded: tag)
        return self.seats.isUsed(seat) ? seat : nil
    }

    private mutating func tellAssignment(of member: MemberHandle, in room: Int) {
        guard let seat = self.seat(of: member, in: room),
            let assigned = self.rooms[room].media.assignments(of: member)
        else { return }
        let slots = zip(self.seats[seat].slotMids, assigned.publications).map {
            SlotAssignment(mid: $0, publication: $1)
        }
        self.told.append(.assigned(self.seats[seat].id, generation: assigned.generation, slots))
    }
}
