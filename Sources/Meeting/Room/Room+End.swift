internal import Signalling

extension Room {
    /// A host ends it for everybody, those before the door as well. From then on this is the room of a meeting that does not
    /// exist: whoever has shown nothing yet notices nothing, and the link is another's.
    mutating func endForAll(_ connection: ConnectionID, using generator: inout some RandomNumberGenerator) {
        guard let host = self.seat(of: connection), self.seats[host].powers.isHost, !self.seats[host].isCut else {
            return self.refuse(connection, .invalidNow)
        }
        self.effects.append(.over)
        self.becomeNobodys(using: &generator)
    }

    /// The same from outside: the meeting was cancelled, or its time is over.
    package mutating func retire(using generator: inout some RandomNumberGenerator) -> [Effect] {
        self.becomeNobodys(using: &generator)
        return self.takeEffects()
    }

    private mutating func becomeNobodys(using generator: inout some RandomNumberGenerator) {
        self.sendAway { $0.isAtDoor }
        self.invites = InviteProofs(.random(byteCount: 16, using: &generator))
        self.passcode = PasscodeDesk()
    }

    /// The meeting is over for all of these, and for everybody who has a seat.
    mutating func sendAway(where isMeant: (RoomConnection) -> Bool) {
        let connections = self.connections.filter { isMeant($0.value) }.keys.sorted { $0.rawValue < $1.rawValue }
        self.tell(connections, .session(.ended(SessionEvent.Ended(reason: .over))))
        for connection in connections {
            self.effects.append(.end(connection))
            self.connections[connection] = nil
        }
        for seat in self.seats {
            if let media = seat.media { self.effects.append(.media(.close(media.endpoint))) }
        }
        self.seats = []
        self.dropAllFiles()
    }
}
