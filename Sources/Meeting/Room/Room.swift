package import Signalling

/// The rules of one meeting. The link brings people to its door; who has a seat follows from its group (`e2ee.md` 5). It
/// has no socket, no clock, no name and no key: whoever owns it passes what was said, the time and a generator of random
/// numbers, and carries out the effects.
package struct Room: Sendable {
    /// How long a dropped connection keeps its seat.
    package static let awayTime = Duration.seconds(30)
    /// How long a connection may take to say who it is.
    package static let joinTime = Duration.seconds(20)
    /// Connections that have not come to the door, at most; and from one network. A class that opens its laptops at the
    /// same moment fits: each says who it is within a second.
    package static let strangersAtMost = 64, strangersOfNetwork = 32
    /// Connections that wait at the door, at most; and from one network.
    package static let waitingAtMost = 512, waitingOfNetwork = 64

    var invites: InviteProofs
    let capacity: Int
    let door: Door
    var connections: [ConnectionID: RoomConnection] = [:]
    var seats: [Seat] = []
    var blocked = BlockedNetworks()
    /// Whom a host put out, by their key in the group.
    var cut: Set<LeafKey> = []
    /// What whoever leads nothing may begin to send or to bring, where nothing else was said of them alone.
    var permissions: Permissions
    /// What newcomers are asked for.
    package internal(set) var passcode: PasscodeDesk
    /// Sealed files that lie on the server.
    var files = SharedFiles()
    /// What was said of people who have no seat now.
    var remembered = RememberedRights()
    var endpoints: UInt32 = 0
    var publications: UInt32 = 0
    /// Filled by one call and handed out at its end.
    var effects: [Effect] = []

    /// An empty room. `capacity` lies within `RoomLimits.capacity`.
    package init(
        invite: InviteID, capacity: Int, door: Door, permissions: Permissions = .atFirst,
        passcode: PasscodeDesk = PasscodeDesk()
    ) {
        self.permissions = permissions
        self.invites = InviteProofs(invite)
        self.capacity = capacity
        self.door = door
        self.passcode = passcode
    }

    /// How people come into a group.
    package enum Door: Equatable, Sendable {
        /// Somebody lets them in.
        case waiting
        /// By themselves, with the link.
        case open

        /// How far the delivery service takes those who come to it.
        package var gate: DeliveryGate { self == .open ? .joins : .waits }
    }

    /// Nobody has a seat.
    package var isEmpty: Bool { self.seats.isEmpty }

    /// How many have one.
    package var population: Int { self.seats.count }

    /// When `elapse` has something to do, if nothing happens before.
    package var deadline: ContinuousClock.Instant? {
        let removals = self.seats.compactMap { $0.awaySince.map { $0 + Self.awayTime } }
        let strangers = self.strangers.map { $0.value.since + Self.joinTime }
        return (removals + strangers + [self.files.deadline].compactMap(\.self)).min()
    }

    /// A WebSocket was opened, from somewhere.
    package mutating func connect(
        _ connection: ConnectionID, network: NetworkMark? = nil, now: ContinuousClock.Instant
    ) -> [Effect] {
        // Strangers alone count, so that their number tells nobody how many are in.
        let limits = Crowd.Limits(all: Self.strangersAtMost, network: Self.strangersOfNetwork)
        guard self.makePlace(for: network, in: self.strangers, limits) else {
            self.turnAway(connection)
            return self.takeEffects()
        }
        self.connections[connection] = RoomConnection(network: network, now: now)
        return self.takeEffects()
    }

    /// A client said something.
    package mutating func handle(
        _ message: ClientMessage, from connection: ConnectionID, now: ContinuousClock.Instant,
        using generator: inout some RandomNumberGenerator
    ) -> [Effect] {
        guard self.maySpeak(connection, now: now) else { return self.takeEffects() }
        switch message {
        case .session(let command): self.handle(command, from: connection, now: now)
        case .room(.eject(let eject)): self.eject(eject, connection)
        case .room(.renew(let renew)): self.renew(renew, connection, now: now)
        case .room(.stop(let stop)): self.stop(stop, connection, now: now)
        case .room(.allow(let allow)): self.allow(allow, connection, now: now)
        case .room(.setPasscode(let change)): self.setPasscode(change, connection, now: now, using: &generator)
        case .room(.end): self.endForAll(connection, using: &generator)
        case .media(let command): self.handle(command, from: connection, now: now)
        case .file(let command): self.handle(command, from: connection, now: now, using: &generator)
        }
        return self.takeEffects()
    }

    /// A client said something that is no message.
    package mutating func handleMalformed(
        from connection: ConnectionID, now: ContinuousClock.Instant
    ) -> [Effect] {
        guard self.maySpeak(connection, now: now) else { return self.takeEffects() }
        self.refuse(connection, .malformed)
        self.strike(connection, now: now)
        return self.takeEffects()
    }

    /// A WebSocket is gone, whoever closed it.
    package mutating func disconnect(_ connection: ConnectionID, now: ContinuousClock.Instant) -> [Effect] {
        self.forget(connection, now: now)
        return self.takeEffects()
    }

    /// Time passed.
    package mutating func elapse(now: ContinuousClock.Instant) -> [Effect] {
        for seat in self.seats {
            if let since = seat.awaySince, since + Self.awayTime <= now { self.remove(seat.participant) }
        }
        for (connection, known) in self.strangers where known.since + Self.joinTime <= now {
            self.end(connection, .idle, now: now)
        }
        self.expireFiles(now: now)
        return self.takeEffects()
    }

    /// The server stops: everybody goes.
    package mutating func end(now: ContinuousClock.Instant) -> [Effect] {
        self.sendAway { _ in true }
        return self.takeEffects()
    }
}
