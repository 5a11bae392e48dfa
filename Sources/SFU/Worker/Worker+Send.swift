internal import Forwarding
internal import MediaCore

extension Worker {
    /// Puts a datagram from the scratch on its way. An endpoint answers only what it has authenticated, so the path it
    /// sends to is its own from here on.
    mutating func transmit(_ byteCount: Int, to path: PathKey, from seat: Int) {
        guard path.transport == .udp, self.outlets.isUsed(Int(path.socket)) else { return }
        if !self.seats[seat].knows(path) || self.paths.value(path)?.seat != Int32(seat) { self.learn(path, of: seat) }
        self.makeRoom(Int(path.socket))
        let outlet = Int(path.socket)
        unsafe self.scratch.withBytes(byteCount) { bytes in
            // SAFETY: a batch that is not full has room for the longest datagram.
            unsafe self.outlets[outlet].batch.space.copyMemory(from: bytes)
        }
        self.outlets[outlet].batch.commit(byteCount, to: path, worth: .control)
    }

    private mutating func learn(_ path: PathKey, of seat: Int) {
        if let place = self.paths.find(path) {
            let owner = Int(self.paths[place].seat)
            // A check can be sent with anybody's address on it. Whoever talks over a path keeps it.
            if owner != seat, self.seats.isUsed(owner), self.seats[owner].endpoint.selectedPath == path,
                self.seats[owner].endpoint.holdsItsPath
            {
                if self.paths[place].contender < 0 {
                    self.paths[place].contender = Int32(seat)
                    self.seats[seat].contends = path
                }
                return
            }
            self.paths[place].seat = Int32(seat)
        } else {
            _ = self.paths.set(path, PathOwner(seat: Int32(seat)))
        }
        if !self.seats[seat].knows(path), let gone = self.seats[seat].remember(path) { self.forget(gone, of: seat) }
    }

    /// A handshake was finished over the path it contended for: the path is this endpoint's now.
    mutating func winPath(of seat: Int) {
        guard let path = self.seats[seat].contends else { return }
        self.giveUpPath(of: seat)
        guard let place = self.paths.find(path), self.seats[seat].endpoint.selectedPath == path else { return }
        self.paths[place].seat = Int32(seat)
        if let gone = self.seats[seat].remember(path) { self.forget(gone, of: seat) }
    }

    /// It contends no longer.
    mutating func giveUpPath(of seat: Int) {
        guard let path = self.seats[seat].contends else { return }
        self.seats[seat].contends = nil
        if let place = self.paths.find(path), self.paths[place].contender == Int32(seat) {
            self.paths[place].contender = -1
        }
    }

    /// A path leaves the table, unless it leads to somebody else by now.
    mutating func forget(_ path: PathKey, of seat: Int) {
        if self.paths.value(path)?.seat == Int32(seat) { self.paths.remove(path) }
    }

    /// Sends a full batch, so that one more datagram has its place.
    private mutating func makeRoom(_ outlet: Int) {
        guard self.outlets[outlet].batch.isFull else { return }
        self.send(outlet)
    }

    private mutating func send(_ outlet: Int) {
        let wasBlocked = self.outlets[outlet].isBlocked
        self.outlets[outlet].flush(&self.statistics)
        if self.outlets[outlet].isBlocked != wasBlocked { self.watch(outlet) }
    }

    /// The turn ends: everything decided is written, sealed and sent.
    mutating func flush() {
        while let room = self.unwritten.popLast() {
            if self.rooms.isUsed(room) { self.write(room) }
        }
        for outlet in 0..<self.outletCount { self.send(outlet) }
    }

    /// Writes what a room has decided, subscriber by subscriber, so that each one's keys stay hot.
    mutating func write(_ room: Int) {
        while let member = self.rooms[room].media.nextDirty() {
            if let seat = self.seat(of: member, in: room), let path = self.seats[seat].endpoint.selectedPath,
                path.transport == .udp, self.outlets.isUsed(Int(path.socket))
            {
                self.write(member, of: room, to: path, from: seat)
            }
            self.rooms[room].media.written()
        }
        self.rooms[room].media.endTurn(slab: &self.slab)
    }

    /// Sound first, then what was lost, then pictures (`media.md` 4.3); never reordered inside a stream.
    private mutating func write(_ member: MemberHandle, of room: Int, to path: PathKey, from seat: Int) {
        let outlet = Int(path.socket)
        let wasBlocked = self.outlets[outlet].isBlocked
        for place in 0..<RunOrder.all.count {
            let order = RunOrder.all[place]
            Self.write(
                order, of: self.rooms[room].media, member, audioStreams: self.seats[seat].audioStreams,
                endpoint: &self.seats[seat].endpoint, slab: self.slab, now: self.now, to: path,
                outlet: &self.outlets[outlet], statistics: &self.statistics)
        }
        if self.outlets[outlet].isBlocked != wasBlocked { self.watch(outlet) }
    }

    private static func write(
        _ order: RunOrder, of room: borrowing RoomMedia, _ member: MemberHandle, audioStreams: UInt64,
        endpoint: inout Endpoint, slab: borrowing PacketSlab, now: MediaTime, to path: PathKey,
        outlet: inout Outlet, statistics: inout WorkerStatistics
    ) {
        let pending = room.pending(of: member)
        for index in 0..<pending.count {
            let packet = pending[index]
            let isAudio = audioStreams & (1 << UInt64(packet.stream & 63)) != 0
            guard order == RunOrder(isAudio: isAudio, isRetransmission: packet.isRetransmission) else { continue }
            if outlet.batch.isFull { outlet.flush(&statistics) }
            // SAFETY: the space is the outlet's until `commit`, and longer than any datagram.
            let length = unsafe endpoint.write(packet, from: slab, now: now, into: outlet.batch.space)
            if length > 0 { outlet.batch.commit(length, to: path, worth: isAudio ? .audio : .video) }
        }
    }
}

/// In which order one subscriber's packets of a turn go out.
enum RunOrder: UInt8 {
    case audio
    case retransmission
    case video

    init(isAudio: Bool, isRetransmission: Bool) {
        self = isAudio ? .audio : isRetransmission ? .retransmission : .video
    }

    static let all: InlineArray<3, RunOrder> = [.audio, .retransmission, .video]
}
