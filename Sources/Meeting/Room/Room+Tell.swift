internal import Signalling

extension Room {
    mutating func takeEffects() -> [Effect] {
        let effects = self.effects
        self.effects = []
        return effects
    }

    mutating func tell(_ connections: [ConnectionID], _ message: ServerMessage) {
        guard !connections.isEmpty else { return }
        self.effects.append(.tell(connections, message))
    }

    mutating func tell(_ connection: ConnectionID, _ message: ServerMessage) {
        self.effects.append(.tell([connection], message))
    }

    /// Everybody who has a seat and a connection, without one of them.
    mutating func tellAll(except participant: ParticipantID? = nil, _ message: ServerMessage) {
        self.tell(self.seats.filter { $0.participant != participant }.compactMap(\.connection), message)
    }

    mutating func refuse(_ connection: ConnectionID, _ failure: SessionFailure) {
        self.tell(connection, .session(.refused(SessionEvent.Refused(failure: failure))))
    }

    /// Whether a connection is known and within its rate. Beyond it, it is told so, and ended when it does not listen.
    mutating func maySpeak(_ connection: ConnectionID, now: ContinuousClock.Instant) -> Bool {
        guard var known = self.connections[connection] else { return false }
        let inTime = known.messages.take(now: now)
        self.connections[connection] = known
        guard !inTime else { return true }
        self.refuseTooFast(connection, known.messages, now: now)
        return false
    }

    mutating func refuseTooFast(_ connection: ConnectionID, _ bucket: TokenBucket, now: ContinuousClock.Instant) {
        self.refuse(connection, .tooFast(SessionFailure.Wait(retrySeconds: bucket.retrySeconds)))
        self.strike(connection, now: now)
    }

    mutating func strike(_ connection: ConnectionID, now: ContinuousClock.Instant) {
        guard self.connections[connection]?.strike() == .lost else { return }
        self.effects.append(.end(connection))
        self.forget(connection, now: now)
    }

    /// Says why and closes.
    mutating func end(_ connection: ConnectionID, _ reason: SessionEvent.Ended.Reason, now: ContinuousClock.Instant) {
        self.tell(connection, .session(.ended(SessionEvent.Ended(reason: reason))))
        self.effects.append(.end(connection))
        self.forget(connection, now: now)
    }

    /// The connection is no more; its seat, if it has one, waits.
    mutating func forget(_ connection: ConnectionID, now: ContinuousClock.Instant) {
        self.connections[connection] = nil
        guard let seat = self.seat(of: connection) else { return }
        self.seats[seat].connection = nil
        self.seats[seat].awaySince = now
        let subject = RoomEvent.Subject(participant: self.seats[seat].participant)
        self.tellAll(.room(.participantAway(subject)))
    }

    /// Whether the delivery service talks to a connection.
    package func isAtDoor(_ connection: ConnectionID) -> Bool { self.connections[connection]?.isAtDoor == true }

    func seat(of connection: ConnectionID) -> Int? {
        self.seats.firstIndex { $0.connection == connection }
    }
}
