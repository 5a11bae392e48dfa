package import MediaCore

/// What the room tells its owner, one at a time, until it is idle.
package enum RoomOutput: Sendable, Equatable {
    /// The slots of this member show something else; read them with `assignments`.
    case assigned(MemberHandle)
    /// The first packet of a new filling is on its way in this stream.
    case flowing(MemberHandle, stream: UInt16)
    /// Ask this publisher for a key frame.
    case requestKeyFrame(MemberHandle, section: UInt16, encoding: UInt8)
    /// Tell this subscriber's endpoint which media time an RTP time of the stream is, for its sender reports.
    case sourceChanged(MemberHandle, stream: UInt16, rtpTime: UInt32, at: MediaTime)
    /// Nothing to do before this time, unless there is input.
    case idle(until: MediaTime)
}

/// Notices wait in two lists that run through the rows themselves: nothing is allocated, nothing comes twice.
extension RoomMedia {
    /// The next thing to tell.
    package mutating func next(now: MediaTime) -> RoomOutput {
        while let index = self.firstNoticedMember {
            if let output = self.notice(of: index) { return output }
            self.members[index].isNoticed = false
            self.firstNoticedMember = self.members[index].nextNoticed
        }
        if let row = self.firstNoticedPublication {
            self.publications[row].isNoticed = false
            self.firstNoticedPublication = self.publications[row].nextNoticed
            self.statistics.keyFramesAsked &+= 1
            let owner = self.handle(self.publications[row].owner)
            return .requestKeyFrame(owner, section: self.publications[row].section, encoding: 0)
        }
        return .idle(until: self.deadline)
    }

    /// What each slot of `member` shows, in the order of its streams.
    package func assignments(of member: MemberHandle) -> (generation: UInt64, publications: [PublicationID?])? {
        guard self.holds(member) else { return nil }
        let slots = self.members[member.index].slots
        var shown: [PublicationID?] = []
        for slot in 0..<slots.count { shown.append(slots[slot].publication.map { self.publications[$0].id }) }
        return (self.members[member.index].generation, shown)
    }

    func handle(_ member: UInt32) -> MemberHandle {
        MemberHandle(index: member, generation: self.members.generation(of: member))
    }

    mutating func notice(_ member: UInt32) {
        guard !self.members[member].isNoticed else { return }
        self.members[member].isNoticed = true
        self.members[member].nextNoticed = self.firstNoticedMember
        self.firstNoticedMember = member
    }

    /// Somebody needs a key frame of this publication.
    mutating func wantKeyFrame(_ row: UInt32, now: MediaTime) {
        if self.publications[row].arbiter.want(now: now) { self.ask(row) }
        self.deadline = min(self.deadline, self.publications[row].arbiter.deadline)
    }

    mutating func ask(_ row: UInt32) {
        guard !self.publications[row].isNoticed else { return }
        self.publications[row].isNoticed = true
        self.publications[row].nextNoticed = self.firstNoticedPublication
        self.firstNoticedPublication = row
    }

    private mutating func notice(of index: UInt32) -> RoomOutput? {
        if self.members[index].assignmentIsNew {
            self.members[index].assignmentIsNew = false
            self.members[index].generation += 1
            return .assigned(self.handle(index))
        }
        guard self.members[index].streamIsNew else { return nil }
        let slots = self.members[index].slots
        for stream in 0..<slots.count {
            if let clock = slots[stream].clock, slots[stream].toldClock != clock {
                slots[stream].toldClock = clock
                return .sourceChanged(
                    self.handle(index), stream: UInt16(stream), rtpTime: clock.rtpTime, at: clock.at)
            }
            if slots[stream].flowIsNew {
                slots[stream].flowIsNew = false
                return .flowing(self.handle(index), stream: UInt16(stream))
            }
        }
        self.members[index].streamIsNew = false
        return nil
    }

    /// A row that goes must not stay in a list; lists are short and this is a command.
    mutating func unlinkMember(_ index: UInt32) {
        if self.firstNoticedMember == index { self.firstNoticedMember = self.members[index].nextNoticed }
        if self.firstDirty == index { self.firstDirty = self.members[index].nextDirty }
        for other in 0..<self.members.bound where self.members.isUsed(other) && other != index {
            if self.members[other].nextNoticed == index {
                self.members[other].nextNoticed = self.members[index].nextNoticed
            }
            if self.members[other].nextDirty == index { self.members[other].nextDirty = self.members[index].nextDirty }
        }
    }

    mutating func unlinkPublication(_ index: UInt32) {
        if self.firstNoticedPublication == index { self.firstNoticedPublication = self.publications[index].nextNoticed }
        for other in 0..<self.publications.bound where self.publications.isUsed(other) && other != index {
            guard self.publications[other].nextNoticed == index else { continue }
            self.publications[other].nextNoticed = self.publications[index].nextNoticed
        }
    }
}
