internal import Signalling

/// The passcode at the door. Until it is said, or the delivery service has seen who somebody is, they read what the meeting
/// is and nothing more. Whoever is in, or comes back by what they hold, is never asked.
extension Room {
    /// Connections that owe the passcode, at most; and from one network. They take no place of those who wait for the host.
    package static let owingAtMost = 256, owingOfNetwork = 64

    /// Connections at the door that owe the passcode.
    var owing: [ConnectionID: RoomConnection] { self.connections.filter { $0.value.isAtDoor && $0.value.owesPasscode } }

    mutating func pass(_ pass: SessionCommand.Pass, _ connection: ConnectionID, now: ContinuousClock.Instant) {
        guard let known = self.connections[connection], known.isAtDoor else {
            return self.refuse(connection, .invalidNow)
        }
        // Whoever owes nothing is told so, whatever they say: nobody learns from here whether it was right.
        guard known.owesPasscode, let mark = self.passcode.mark else { return self.tell(connection, .session(.passed)) }
        let hasMember = self.seats.contains { $0.network == known.network && !$0.isCut }
        let pause =
            known.wrongPasscodes.wait(now: now)
            ?? self.passcode.guesses.wait(for: known.network, hasMember: hasMember, now: now)
        if let pause {
            self.refuse(connection, .tooFast(SessionFailure.Wait(retrySeconds: pause)))
            return self.strike(connection, now: now)
        }
        guard mark.matches(pass.passcode) else {
            self.connections[connection]?.wrongPasscodes.add(free: PasscodeGuesses.freeOfConnection, now: now)
            self.passcode.guesses.noteWrong(from: known.network, now: now)
            self.refuse(connection, .passcode)
            return self.strike(connection, now: now)
        }
        self.passcode.guesses.noteRight(from: known.network, mistyped: known.wrongPasscodes.count, now: now)
        // Forgiven once: where there is no place it may be said again.
        self.connections[connection]?.wrongPasscodes = WrongTries()
        // Only whoever knows the passcode learns that there is no place.
        guard self.isRoomy else { return self.refuse(connection, .full(SessionFailure.Full(capacity: self.capacity))) }
        guard self.makePlaceToWait(for: known.network) else {
            return self.refuse(connection, .busy(SessionFailure.Wait(retrySeconds: 10)))
        }
        self.clear(connection)
    }

    /// The delivery service has seen a certificate or a leaf: no passcode is owed any more. A personal link may be shown as often
    /// as one likes, so where it takes a place of those who wait there has to be one.
    package mutating func noteSettled(_ connection: ConnectionID, needsPlace: Bool) -> [Effect] {
        guard let known = self.connections[connection], known.owesPasscode else { return self.takeEffects() }
        if !needsPlace || self.makePlaceToWait(for: known.network) {
            self.clear(connection)
        } else {
            self.turnAway(connection)
        }
        return self.takeEffects()
    }

    /// Whoever may put people out decides what newcomers are asked for. Whoever is at the door and owes nothing stays so.
    mutating func setPasscode(
        _ change: RoomCommand.SetPasscode, _ connection: ConnectionID, now: ContinuousClock.Instant,
        using generator: inout some RandomNumberGenerator
    ) {
        guard let seat = self.seat(of: connection), self.seats[seat].powers.mayEject, !self.seats[seat].isCut else {
            return self.refuse(connection, .invalidNow)
        }
        guard self.isInTime(\.passcodes, seat, connection, now: now) else { return }
        self.passcode.change(to: change.passcode, using: &generator)
        self.effects.append(.passcodeChanged)
        if !self.passcode.isRequired {
            for owing in self.owing.keys.sorted(by: { $0.rawValue < $1.rawValue }) { self.clear(owing) }
        }
        let news = RoomEvent.PasscodeChange(isRequired: self.passcode.isRequired)
        self.tellAll(.room(.passcodeChanged(news)))
    }

    private mutating func clear(_ connection: ConnectionID) {
        self.connections[connection]?.owesPasscode = false
        self.effects.append(.passed(connection))
        self.tell(connection, .session(.passed))
    }
}
