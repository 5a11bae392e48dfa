internal import Signalling

/// Seats: whoever holds a leaf has one, and nobody else.
extension Room {
    /// Leaves or their connections changed.
    package mutating func follow(
        _ members: [GroupMember], now: ContinuousClock.Instant, using generator: inout some RandomNumberGenerator
    ) -> [Effect] {
        var places: [LeafKey: GroupMember] = [:]
        for member in members where places[member.key] == nil { places[member.key] = member }
        for seat in self.seats where places[seat.key] == nil { self.unseat(seat, now: now) }
        for index in self.seats.indices {
            guard let place = places[self.seats[index].key] else { continue }
            let before = self.may(self.seats[index])
            self.seats[index].powers = place.powers
            // Whoever has shown who they are stays that.
            if let person = place.person { self.seats[index].person = person }
            self.settle([(seat: index, may: before)])
            self.move(index, to: Int(place.leaf.rawValue))
        }
        for member in members where places[member.key] == member { self.seat(member, now: now, using: &generator) }
        return self.takeEffects()
    }

    /// Out of the group is out of the room, with sound and picture. The connection may go on knocking, unless a host put its
    /// holder out for good.
    private mutating func unseat(_ seat: Seat, now: ContinuousClock.Instant) {
        if let connection = seat.connection {
            self.tell(connection, .session(.unseated))
            if seat.isCut {
                // It reads why, and goes. Whoever stays is ended like anybody who shows nothing: closing at once would make
                // TCP throw away the very message that says why.
                self.connections[connection]?.isAtDoor = false
                self.connections[connection]?.isPutOut = true
                self.connections[connection]?.since = now
                self.effects.append(.departed(connection))
            }
        }
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
            // The members' own rule is stricter; nobody comes here but by their mistake, and hears it once.
            if self.connections[connection]?.knowsFull == false {
                self.refuse(connection, .full(SessionFailure.Full(capacity: self.capacity)))
            }
            self.connections[connection]?.knowsFull = true
            return
        }
        var seat = Seat(
            participant: .random(byteCount: 16, using: &generator), member,
            token: .random(byteCount: 32, using: &generator), connection: connection,
            network: self.connections[connection]?.network, now: now)
        // Who went and came back before the Commit is the same person.
        seat.isCut = self.cut.contains(member.key)
        self.recall(&seat)
        self.take(seat)
    }

    /// What was said of whoever takes a seat: they had one before, with the same key or by the same ticket or device, or have
    /// it still on a leaf that they will lose. Who shows less than before is the same person.
    private mutating func recall(_ seat: inout Seat) {
        if let kept = self.remembered.take(seat.key, seat.person) {
            seat.rights = kept.rights
            seat.person = seat.person ?? kept.person
        } else if let person = seat.person, let twin = self.seats.first(where: { $0.person == person }) {
            seat.rights.said = twin.rights.said
        }
    }

    /// A connection that takes another seat leaves the one it had.
    private mutating func putAway(_ connection: ConnectionID, now: ContinuousClock.Instant) {
        guard let old = self.seat(of: connection) else { return }
        self.seats[old].connection = nil
        self.seats[old].awaySince = now
        self.tellAll(.room(.participantAway(RoomEvent.Subject(participant: self.seats[old].participant))))
    }

    /// Whoever leads says that another link is in force. What that is the group knows, and no server: a false word here keeps
    /// back at the door, and lets nobody into the group (`e2ee.md` 3.1, Rotation). Whoever comes back says it again, which
    /// costs nothing; of news there are few, so that the links of before are not talked away.
    mutating func renew(_ renew: RoomCommand.Renew, _ connection: ConnectionID, now: ContinuousClock.Instant) {
        guard let host = self.seat(of: connection), self.seats[host].powers.mayEject, !self.seats[host].isCut else {
            return self.refuse(connection, .invalidNow)
        }
        let isHost = self.seats[host].powers.isHost
        guard self.invites.isNews(renew.invite) else { return self.invites.renew(renew.invite, byHost: isHost) }
        guard self.seats[host].renewals.take(now: now) else {
            return self.refuseTooFast(connection, self.seats[host].renewals, now: now)
        }
        self.invites.renew(renew.invite, byHost: isHost)
    }

    /// A host puts somebody out: sound and picture end in this turn. The keys follow by the group's Commit, which no server
    /// can make and none has to be trusted with (`e2ee.md` 4.3).
    mutating func eject(_ eject: RoomCommand.Eject, _ connection: ConnectionID) {
        guard let host = self.seat(of: connection), self.seats[host].powers.mayEject,
            let seat = self.seats.firstIndex(where: { $0.participant == eject.participant }), seat != host,
            // The rank of rule R.
            self.seats[host].powers.isHost || !self.seats[seat].powers.isCertified
        else { return self.refuse(connection, .invalidNow) }
        self.seats[seat].isCut = true
        self.cut.insert(self.seats[seat].key)
        self.closeMedia(seat, .removed)
        self.effects.append(.revoke(self.seats[seat].key))
        if eject.block, let network = self.seats[seat].network { self.blocked.insert(network) }
    }
}
