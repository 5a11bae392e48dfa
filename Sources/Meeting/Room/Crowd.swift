internal import Signalling

/// People who stand somewhere and have no seat, by the network they come from: how one network is kept from taking all
/// places.
struct Crowd {
    /// How many may stand there, and how many of them from one network.
    struct Limits {
        let all: Int
        let network: Int
    }

    /// What becomes of one more.
    enum Place: Equatable {
        /// There is one.
        case free
        /// There is one if somebody goes: of those who came from the network with the most, the first.
        case instead(of: ConnectionID)
        /// There is none.
        case none
    }

    private let networks: [NetworkMark?: [(ConnectionID, since: ContinuousClock.Instant)]]
    private let count: Int

    init(_ connections: [ConnectionID: RoomConnection]) {
        self.count = connections.count
        self.networks = Dictionary(grouping: connections) { $0.value.network }.mapValues { list in
            list.map { ($0.key, $0.value.since) }
        }
    }

    /// A place for somebody from a network. From this very machine there is no network, and no limit of one.
    func place(for network: NetworkMark?, _ limits: Limits) -> Place {
        let own = self.networks[network]?.count ?? 0
        if network != nil, own >= limits.network { return .none }
        guard self.count >= limits.all else { return .free }
        let fullest = self.networks.values.map(\.count).max() ?? 0
        guard fullest > own else { return .none }
        let first = self.networks.values.filter { $0.count == fullest }.flatMap(\.self).min { left, right in
            (left.since, left.0.rawValue) < (right.since, right.0.rawValue)
        }
        return first.map { .instead(of: $0.0) } ?? .none
    }
}

extension Room {
    /// Connections that have shown nothing yet.
    var strangers: [ConnectionID: RoomConnection] { self.standing { !$0.isAtDoor } }

    /// Connections at the door that owe nothing, without a seat.
    var waiting: [ConnectionID: RoomConnection] { self.standing { $0.isAtDoor && !$0.owesPasscode } }

    private func standing(_ isMeant: (RoomConnection) -> Bool) -> [ConnectionID: RoomConnection] {
        let seated = Set(self.seats.compactMap(\.connection))
        return self.connections.filter { isMeant($0.value) && !seated.contains($0.key) }
    }

    /// Whether one more from a network fits in; where it takes somebody else's place, that one is turned away.
    mutating func makePlace(
        for network: NetworkMark?, in crowd: [ConnectionID: RoomConnection], _ limits: Crowd.Limits
    ) -> Bool {
        switch Crowd(crowd).place(for: network, limits) {
        case .free: return true
        case .none: return false
        case .instead(let connection):
            self.turnAway(connection)
            return true
        }
    }

    /// Whether one more from a network may wait at the door.
    mutating func makePlaceToWait(for network: NetworkMark?) -> Bool {
        let limits = Crowd.Limits(all: Self.waitingAtMost, network: Self.waitingOfNetwork)
        return self.makePlace(for: network, in: self.waiting, limits)
    }

    /// Says so and closes.
    mutating func turnAway(_ connection: ConnectionID) {
        self.refuse(connection, .busy(SessionFailure.Wait(retrySeconds: 10)))
        self.effects.append(.end(connection))
        self.connections[connection] = nil
    }
}
