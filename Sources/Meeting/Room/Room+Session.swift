internal import Signalling

extension Room {
    /// The version of `docs/protocol.md`.
    package static let protocolVersion = 1

    mutating func handle(_ command: SessionCommand, from connection: ConnectionID, now: ContinuousClock.Instant) {
        switch command {
        case .join(let join): self.join(join, connection, now: now)
        case .resume(let resume): self.resume(resume, connection, now: now)
        case .pass(let pass): self.pass(pass, connection, now: now)
        case .leave: self.leave(connection)
        case .ping(let ping): self.tell(connection, .session(.pong(SessionEvent.Pong(nonce: ping.nonce))))
        }
    }

    private mutating func join(_ join: SessionCommand.Join, _ connection: ConnectionID, now: ContinuousClock.Instant) {
        guard self.mayCome(connection) else { return self.refuse(connection, .invalidNow) }
        guard join.protocolVersion == Self.protocolVersion else { return self.refuse(connection, .clientTooOld) }
        guard let standing = self.invites.standing(of: join.invite) else {
            self.refuse(connection, .unknown)
            return self.strike(connection, now: now)
        }
        self.comeToDoor(connection, standing)
    }

    /// A connection comes to the door once, and not again after its holder was put out.
    private func mayCome(_ connection: ConnectionID) -> Bool {
        guard self.seat(of: connection) == nil, let known = self.connections[connection] else { return false }
        return !known.isAtDoor && !known.isPutOut
    }

    /// A new seat: its holder gets everything, the others hear of it.
    mutating func take(_ seat: Seat) {
        self.seats.append(seat)
        if let connection = seat.connection { self.welcome(seat, connection, resumed: false) }
        let arrival = RoomEvent.Arrival(participant: self.view(of: seat))
        self.tellAll(except: seat.participant, .room(.participantJoined(arrival)))
    }

    /// Where a host decides, a full meeting is the host's business too: whoever waits learns nothing of it.
    private mutating func comeToDoor(_ connection: ConnectionID, _ standing: InviteProofs.Standing) {
        let owes = self.passcode.isRequired
        guard owes || self.isRoomy else {
            return self.refuse(connection, .full(SessionFailure.Full(capacity: self.capacity)))
        }
        let network = self.connections[connection]?.network
        let owing = Crowd.Limits(all: Self.owingAtMost, network: Self.owingOfNetwork)
        let hasPlace =
            owes ? self.makePlace(for: network, in: self.owing, owing) : self.makePlaceToWait(for: network)
        guard hasPlace else { return self.refuse(connection, .busy(SessionFailure.Wait(retrySeconds: 10))) }
        self.connections[connection]?.isAtDoor = true
        self.connections[connection]?.owesPasscode = owes
        self.tell(connection, .session(.atDoor(SessionEvent.AtDoor(owesPasscode: owes))))
        let gate = self.gate(of: network)
        // By a link of before nobody comes in by themselves, however open the door is.
        self.effects.append(.atDoor(connection, gate == .joins && standing == .former ? .waits : gate, owes: owes))
    }

    /// Where people come in by themselves there has to be a place.
    var isRoomy: Bool {
        self.door == .waiting || self.seats.count(where: { $0.connection != nil }) < self.capacity
    }

    /// How far newcomers from a network may go. Where somebody from it was put out and blocked they only get in by a
    /// certificate; where others from it are in, as of a school or a family, a host decides.
    private func gate(of network: NetworkMark?) -> DeliveryGate {
        guard let network, self.blocked.contains(network) else { return self.door.gate }
        return self.seats.contains { $0.network == network && !$0.isCut } ? .waits : .stranger
    }

    private mutating func resume(
        _ resume: SessionCommand.Resume, _ connection: ConnectionID, now: ContinuousClock.Instant
    ) {
        guard self.mayCome(connection) else { return self.refuse(connection, .invalidNow) }
        guard resume.protocolVersion == Self.protocolVersion else { return self.refuse(connection, .clientTooOld) }
        // Every seat is compared, so that the time does not tell which one came close.
        let found = self.seats.indices.filter { self.seats[$0].token.matches(resume.token) }
        guard let seat = found.first else {
            self.refuse(connection, .resumeUnknown)
            return self.strike(connection, now: now)
        }
        self.hand(seat, to: connection)
        self.welcome(self.seats[seat], connection, resumed: true)
        self.connections[connection]?.isAtDoor = true
        // Whoever has a seat is no newcomer.
        self.effects.append(.atDoor(connection, self.door.gate))
        if let reason = self.seats[seat].missedEnd {
            self.seats[seat].missedEnd = nil
            self.tell(connection, .media(.closed(MediaEvent.Closed(reason: reason))))
        }
    }

    /// Another connection holds the seat from now on; the one that held it ends.
    mutating func hand(_ seat: Int, to connection: ConnectionID) {
        let old = self.seats[seat].connection
        if let old {
            self.tell(old, .session(.ended(SessionEvent.Ended(reason: .replaced))))
            self.effects.append(.end(old))
            self.connections[old] = nil
        }
        self.seats[seat].connection = connection
        self.seats[seat].network = self.connections[connection]?.network
        self.seats[seat].awaySince = nil
        guard old == nil else { return }
        let subject = RoomEvent.Subject(participant: self.seats[seat].participant)
        self.tellAll(except: subject.participant, .room(.participantBack(subject)))
    }

    private mutating func leave(_ connection: ConnectionID) {
        self.tell(connection, .session(.left))
        if self.connections[connection]?.isAtDoor == true { self.effects.append(.departed(connection)) }
        self.effects.append(.end(connection))
        self.connections[connection] = nil
        if let seat = self.seat(of: connection) { self.remove(self.seats[seat].participant) }
    }

    /// A whole snapshot, and the layout once more: nothing that was missed needs replaying.
    mutating func welcome(_ seat: Seat, _ connection: ConnectionID, resumed: Bool) {
        let others = self.seats.filter { $0.participant != seat.participant }.map { self.view(of: $0) }
        let joined = SessionEvent.Joined(
            participant: seat.participant, leaf: seat.leaf, capacity: self.capacity, resume: seat.token,
            resumed: resumed, requiresPasscode: self.passcode.isRequired, may: self.may(seat), participants: others)
        self.tell(connection, .session(.joined(joined)))
        self.tellMissedStops(of: seat.participant, on: connection)
        guard let media = seat.media, !media.assigned.isEmpty else { return }
        self.tell(connection, .media(.assigned(media.layout)))
    }

    /// A seat as everybody else sees it.
    private func view(of seat: Seat) -> Participant {
        Participant(
            participant: seat.participant, leaf: seat.leaf, away: seat.connection == nil,
            publications: seat.published.map { Publication(publication: $0.number.id, use: $0.use) },
            may: self.may(seat))
    }

    mutating func remove(_ participant: ParticipantID) {
        guard let index = self.seats.firstIndex(where: { $0.participant == participant }) else { return }
        let seat = self.seats.remove(at: index)
        self.remembered.keep(seat)
        self.forgetFiles(of: seat)
        if let media = seat.media { self.effects.append(.media(.close(media.endpoint))) }
        self.tellAll(.room(.participantLeft(RoomEvent.Subject(participant: participant))))
    }
}
