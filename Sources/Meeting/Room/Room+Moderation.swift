internal import Signalling

/// What those who lead decide about what others send (promise P-029). The media plane is told first and people after it.
/// Nothing here switches anything on, and there is no message that could.
extension Room {
    /// What the holder of a seat may begin to send or to bring.
    func may(_ seat: Seat) -> Permissions {
        var may = self.mayInGeneral(seat)
        for (right, isAllowed) in seat.rights.said { may[right] = isAllowed }
        return may
    }

    /// What is said of everybody is not said of those who lead.
    private func mayInGeneral(_ seat: Seat) -> Permissions { seat.powers.leads ? .all : self.permissions }

    /// Once: what ends may begin again where it is allowed.
    mutating func stop(_ stop: RoomCommand.Stop, _ connection: ConnectionID, now: ContinuousClock.Instant) {
        guard let meant = self.meant(stop.participant, by: connection, now: now) else { return }
        self.cutOff(meant.map { (seat: $0, use: stop.use) })
    }

    /// For good, until it is said otherwise.
    mutating func allow(_ allow: RoomCommand.Allow, _ connection: ConnectionID, now: ContinuousClock.Instant) {
        guard let meant = self.meant(allow.participant, by: connection, now: now) else { return }
        let before = meant.map { (seat: $0, may: self.may(self.seats[$0])) }
        if allow.participant == nil {
            self.permissions[allow.use] = allow.isAllowed
            self.remembered.forget(allow.use)
        }
        for index in meant {
            let isUsual = self.mayInGeneral(self.seats[index])[allow.use] == allow.isAllowed
            self.seats[index].rights.said[allow.use] = isUsual ? nil : allow.isAllowed
        }
        self.settle(before)
    }

    /// Whom a word is about; nil when it was refused. A host stands over everybody else, a co-host over those who lead
    /// nothing, and nobody over themselves (the rank of rule R).
    private mutating func meant(
        _ participant: ParticipantID?, by connection: ConnectionID, now: ContinuousClock.Instant
    ) -> [Int]? {
        guard let own = self.seat(of: connection), self.seats[own].powers.mayModerate, !self.seats[own].isCut else {
            self.refuse(connection, .invalidNow)
            return nil
        }
        let isHost = self.seats[own].powers.isHost
        let meant = self.seats.indices.filter { index in
            let seat = self.seats[index]
            guard index != own else { return false }
            guard let participant else { return !seat.powers.leads }
            return seat.participant == participant && (isHost || !seat.powers.leads)
        }
        guard participant == nil || !meant.isEmpty else {
            self.refuse(connection, .invalidNow)
            return nil
        }
        let bucket = participant == nil ? \Seat.sweeps : \Seat.moderations
        return self.isInTime(bucket, own, connection, now: now) ? meant : nil
    }

    /// Where seats may something else than before: what they may not any more ends, and then everybody hears.
    mutating func settle(_ before: [(seat: Int, may: Permissions)]) {
        let changed = before.filter { self.may(self.seats[$0.seat]) != $0.may }.map { $0.seat }
        var endings: [(seat: Int, use: Permissions.Use)] = []
        for seat in changed {
            let may = self.may(self.seats[seat])
            for use in Permissions.Use.allCases where !may[use.right] { endings.append((seat: seat, use: use)) }
        }
        self.cutOff(endings)
        for seat in changed {
            let grant = RoomEvent.Grant(
                participant: self.seats[seat].participant, may: self.may(self.seats[seat]))
            self.tellAll(.room(.participantMay(grant)))
        }
    }

    /// What these seats send of these uses ends: all of it on the media plane, then for everybody, then for each as what it
    /// is. From this turn of the media plane on nothing of it is forwarded.
    private mutating func cutOff(_ endings: [(seat: Int, use: Permissions.Use)]) {
        var ended: [PublicationNumber] = []
        var stopped: [(seat: Int, use: Permissions.Use)] = []
        for (seat, use) in endings {
            let numbers = self.seats[seat].published.filter { $0.use.permission == use }.map(\.number)
            guard !numbers.isEmpty else { continue }
            self.seats[seat].published.removeAll { $0.use.permission == use }
            ended += numbers
            stopped.append((seat: seat, use: use))
        }
        for number in ended { self.effects.append(.media(.withdraw(number))) }
        for number in ended { self.tellAll(.media(.withdrawn(MediaEvent.Withdrawn(publication: number.id)))) }
        for (seat, use) in stopped { self.tellStopped(use, seat) }
    }

    /// Whoever is away hears it on coming back: their page would begin again where it left off.
    private mutating func tellStopped(_ use: Permissions.Use, _ seat: Int) {
        guard let connection = self.seats[seat].connection else {
            self.seats[seat].rights.missedStops.insert(use)
            return
        }
        self.tell(connection, .media(.stopped(MediaEvent.Stopped(use: use))))
    }

    /// Says what was missed, once.
    mutating func tellMissedStops(of participant: ParticipantID, on connection: ConnectionID) {
        guard let seat = self.seats.firstIndex(where: { $0.participant == participant }) else { return }
        let missed = self.seats[seat].rights.missedStops
        self.seats[seat].rights.missedStops = []
        for use in Permissions.Use.allCases where missed.contains(use) {
            self.tell(connection, .media(.stopped(MediaEvent.Stopped(use: use))))
        }
    }
}
