internal import Signalling

/// Seats: whoever holds a leaf has one, and nobody else.
extension Room {
    /// Leaves or their connections changed.
    package mutating func follow(
        _ members: [GroupMember], now: ContinuousClock.Instant, using generator: inout some RandomNumberGenerator
    ) -> [Effect] {
        var places: [LeafKey: GroupMember] = [:]
        for member in members where places[member.key] == nil { places[member.key] = member }
        for seat in self.seats where places[seat.key] == nil { self.unseat(seat) }
        for index in self.seats.indices {
            guard let place = places[self.seats[index].key] else { continue }
            self.move(index, to: Int(place.leaf.rawValue))
        }
        for member in members where places[member.key] == member { self.seat(member, now: now, using: &generator) }
        return self.takeEffects()
    }

    /// Out of the group is out of the room, with sound and picture; the connection may go on knocking.
    private mutating func unseat(_ seat: Seat) {
        if let connection = seat.connection { self.tell(connection, .session(.unseated)) }
        self.remove(seat.participant)
    }

    private mutating func move(_ index: Int, to leaf: Int) {
        guard self.seats[index].leaf != leaf else { return }
        self.seats[index].leaf = leaf
        let seat = self.seats[index]
        self.tellAll(
            except: seat.participant,
            .room(.participantMoved(RoomEvent.Move(participant: seat.participant, leaf: leaf))))
        if let connection = seat.connection { self.welcome(seat, connection, resumed: true) }
    }

    private mutating func seat(
        _ member: GroupMember, now: ContinuousClock.Instant, using generator: inout some RandomNumberGenerator
    ) {
        guard let connection = member.connection, self.connections[connection]?.isAtDoor == true else { return }
        if let index = self.seats.firstIndex(where: { $0.key == member.key }) {
            guard self.seats[index].connection != connection else { return }
            self.putAway(connection, now: now)
            // Without its token it does not know the media of before.
            self.closeMedia(index, .asked)
            self.hand(index, to: connection)
            return self.welcome(self.seats[index], connection, resumed: false)
        }
        self.putAway(connection, now: now)
        guard self.seats.count < self.capacity else {
            // The members' own rule is stricter; nobody comes here but by their mistake.
            return self.refuse(connection, .full(SessionFailure.Full(capacity: self.capacity)))
        }
        self.take(
            Seat(
                participant: .random(byteCount: 16, using: &generator), leaf: Int(member.leaf.rawValue),
                key: member.key, token: .random(byteCount: 32, using: &generator), connection: connection, now: now))
    }

    /// A connection that takes another seat leaves the one it had.
    private mutating func putAway(_ connection: ConnectionID, now: ContinuousClock.Instant) {
        guard let old = self.seat(of: connection) else { return }
        self.seats[old].connection = nil
        self.seats[old].awaySince = now
        self.tellAll(.room(.participantAway(RoomEvent.Subject(participant: self.seats[old].participant))))
    }
}
