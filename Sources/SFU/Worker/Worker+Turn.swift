internal import CLinux
internal import Forwarding
internal import MediaCore

extension Worker {
    /// Runs until the queue is stopped.
    mutating func run() {
        while self.turn() {}
        for seat in 0..<self.seatTable.bound where self.seats.isUsed(seat) { self.end(seat, .closed) }
        self.tell()
    }

    /// One pass; false = the worker should end.
    private mutating func turn() -> Bool {
        let ready = self.poller.wait(milliseconds: self.timers.wait(now: MonotonicClock.now))
        self.now = MonotonicClock.now
        self.statistics.turns &+= 1
        var goesOn = true
        for index in 0..<ready.count where ready.sources[index] == Self.commandsReady { goesOn = self.takeCommands() }
        for index in 0..<ready.count where ready.sources[index] != Self.commandsReady {
            let outlet = Int(truncatingIfNeeded: ready.sources[index])
            if ready.isWritable(index) { self.resume(outlet) }
            if ready.isReadable(index) { self.receive(outlet) }
        }
        while let owner = self.timers.expired(now: self.now) { self.elapse(owner) }
        self.settle()
        self.flush()
        self.tell()
        return goesOn
    }

    private mutating func elapse(_ owner: Int) {
        if owner >= self.roomTimers {
            let room = owner - self.roomTimers
            guard self.rooms.isUsed(room) else { return }
            self.rooms[room].media.elapse(now: self.now, slab: &self.slab)
            self.mark(room: room)
        } else if self.seats.isUsed(owner) {
            self.seats[owner].endpoint.elapse(now: self.now)
            self.mark(seat: owner)
        }
    }

    /// Hands out what this turn has to tell the control plane.
    private mutating func tell() {
        guard !self.told.isEmpty else { return }
        self.events(self.told)
        self.told.removeAll(keepingCapacity: true)
    }

    // MARK: Sockets

    /// Takes what a socket has, a bounded share of it, so that no socket starves another.
    private mutating func receive(_ outlet: Int) {
        let descriptor = self.outlets[outlet].socket.descriptor
        for _ in 0..<SFUBounds.batchesPerTurn {
            let count = self.inlet.fill(from: descriptor)
            guard count > 0 else { return }
            self.now = MonotonicClock.now
            self.statistics.receiveCalls &+= 1
            let age = self.now.nanoseconds &- MonotonicClock.realtime
            for index in 0..<count { self.receive(datagram: index, outlet: outlet, clockDistance: age) }
            guard count == SFUBounds.batch else { return }
        }
    }

    private mutating func receive(datagram index: Int, outlet: Int, clockDistance: Int64) {
        guard let length = self.inlet.length(index) else { return self.statistics.truncated &+= 1 }
        guard let path = self.inlet.path(index, socket: UInt16(truncatingIfNeeded: outlet)) else { return }
        self.statistics.received &+= 1
        self.statistics.receivedBytes &+= UInt64(length)
        let control = self.inlet.control(index)
        if control.has_dropped != 0 { self.statistics.kernelDropped = UInt64(control.dropped) }
        // The kernel's time is the wall's; a clock that was set meanwhile must not carry packets out of the last second.
        let stamped = control.realtime == 0 ? self.now.nanoseconds : control.realtime &+ clockDistance
        let earliest = self.now.nanoseconds &- 1_000_000_000
        let arrival = MediaTime(nanoseconds: min(max(stamped, earliest), self.now.nanoseconds))
        guard let seat = self.owner(of: index, length: length, path: path) else { return }
        Self.deliver(
            self.inlet, index, length: length, path: path, arrival: arrival, to: &self.seats[seat].endpoint,
            slab: &self.slab)
        self.drain(seat)
    }

    /// A function of its own, so that the datagram is borrowed from the batch alone.
    private static func deliver(
        _ inlet: borrowing ReceiveBatch, _ index: Int, length: Int, path: PathKey, arrival: MediaTime,
        to endpoint: inout Endpoint, slab: inout PacketSlab
    ) {
        endpoint.receive(inlet.datagram(index, length: length), on: path, arrival: arrival, slab: &slab)
    }

    /// Whose datagram it is. From an unknown path only STUN is looked at, and only for our name in it; nothing is kept
    /// of it before the endpoint has authenticated it and answers (`media.md` 9.2).
    private mutating func owner(of index: Int, length: Int, path: PathKey) -> Int? {
        let place = self.paths.find(path)
        let kind = DatagramKind(of: self.inlet.datagram(index, length: length))
        guard kind == .stun else {
            if let place {
                let contender = self.paths[place].contender
                return Int(kind == .dtls && contender >= 0 ? contender : self.paths[place].seat)
            }
            self.statistics.unknownPath &+= 1
            return nil
        }
        // The name comes first, also on a known path: a client that opens anew may come from the same address. What names
        // nobody costs nobody a token, so a flood of it takes no place from those who come.
        guard let name = LocalName.key(in: self.inlet.datagram(index, length: length)) else {
            // No request: the answer to a challenge, on a path that is known, or nothing to us.
            guard let place else {
                self.statistics.unknownPath &+= 1
                return nil
            }
            return self.paths[place].responses.take(now: self.now) ? Int(self.paths[place].seat) : self.refuseSTUN()
        }
        guard let seat = self.names.value(name).map({ Int($0) }) else {
            self.statistics.unknownPath &+= 1
            return nil
        }
        if let place, self.paths[place].seat == Int32(seat) {
            return self.paths[place].requests.take(now: self.now) ? seat : self.refuseSTUN()
        }
        return self.seats[seat].newcomers.take(now: self.now) ? seat : self.refuseSTUN()
    }

    private mutating func refuseSTUN() -> Int? {
        self.statistics.rateLimited &+= 1
        return nil
    }

    private mutating func resume(_ outlet: Int) {
        self.outlets[outlet].resume(&self.statistics)
        self.watch(outlet)
    }

    /// Asks to be told when a blocked socket takes datagrams again.
    func watch(_ outlet: Int) {
        self.poller.watch(
            self.outlets[outlet].socket.descriptor, as: UInt64(outlet), forWriting: self.outlets[outlet].isBlocked)
    }
}
