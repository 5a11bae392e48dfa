internal import Edge
internal import Meeting
internal import Signalling

/// The owner of one meeting: it passes time and randomness to the rules and carries out what they want. Nothing is
/// decided here.
actor MeetingHost {
    let number: RoomNumber
    private let media: any MediaDoor
    private var room: Room
    private var outboxes: [ConnectionID: Outbox] = [:]
    private var nextConnection: UInt64 = 0
    private var generator = SystemRandomNumberGenerator()
    private var isClosed = false
    /// The media plane learns of a room with the first who sends.
    private var hasMedia = false

    init(number: RoomNumber, registration: InviteRegistration, media: any MediaDoor) {
        self.number = number
        self.media = media
        self.room = Room(invite: registration.inviteID, capacity: registration.capacity)
    }

    /// Nil when the host has closed meanwhile.
    func connect(_ outbox: Outbox) -> ConnectionID? {
        guard !self.isClosed else { return nil }
        self.nextConnection += 1
        let connection = ConnectionID(rawValue: self.nextConnection)
        self.outboxes[connection] = outbox
        self.carryOut(self.room.connect(connection, now: .now))
        return connection
    }

    func received(_ message: Result<ClientMessage, Malformed>, from connection: ConnectionID) {
        switch message {
        case .success(let message):
            self.carryOut(self.room.handle(message, from: connection, now: .now, using: &self.generator))
        case .failure: self.carryOut(self.room.handleMalformed(from: connection, now: .now))
        }
    }

    func disconnected(_ connection: ConnectionID) {
        self.outboxes[connection] = nil
        self.carryOut(self.room.disconnect(connection, now: .now))
    }

    func report(_ report: MediaReport) {
        self.carryOut(self.room.handle(report))
    }

    /// Lets time pass; answers how many people have a seat.
    func elapse() -> Int {
        if let deadline = self.room.deadline, deadline <= .now { self.carryOut(self.room.elapse(now: .now)) }
        return self.room.population
    }

    /// Closes an empty room; false when somebody is in, or just came.
    func closeIfEmpty() -> Bool {
        guard self.room.isEmpty, self.outboxes.isEmpty else { return false }
        self.close()
        return true
    }

    /// The server stops.
    func end() {
        self.carryOut(self.room.end(now: .now))
        self.close()
    }

    private func close() {
        guard !self.isClosed else { return }
        self.isClosed = true
        if self.hasMedia { self.media.closeRoom(self.number) }
    }

    private func carryOut(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .tell(let connections, let message):
                let text = message.encoded
                for connection in connections { self.outboxes[connection]?.send(text) }
            case .end(let connection): self.outboxes.removeValue(forKey: connection)?.end()
            case .media(let instruction):
                if !self.hasMedia {
                    self.hasMedia = true
                    self.media.openRoom(self.number)
                }
                self.media.submit(instruction, in: self.number)
            }
        }
    }
}
