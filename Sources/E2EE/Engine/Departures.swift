/// How people went who may hold a pass, as far as this engine saw it in this group, the last ones (`docs/decisions/0009`).
/// Whoever came later, or started again, saw nothing, and knows nobody's wishes.
struct Departures: Sendable {
    enum Way: Sendable {
        /// The server took them for lost, and nobody had anything against them.
        case lost
        /// Somebody took them out by hand.
        case takenOut
    }

    /// As many as a meeting can have.
    static var atMost: Int { 512 }

    private struct Departure: Sendable {
        let key: [UInt8]
        var way: Way
        /// Of the personal link or device that certified the leaf.
        let person: [UInt8]?
        /// What the leaf was, if no person.
        let service: ServiceInfo?
    }

    private var seen: [Departure] = []

    /// Somebody went.
    mutating func saw(_ occupant: Occupant, _ way: Way) {
        self.add(
            Departure(
                key: occupant.key, way: way, person: occupant.profile?.chain?.personKey,
                service: occupant.profile?.service))
    }

    /// Whoever went before would have been taken out by hand, and counts as that.
    mutating func takenOut(_ key: [UInt8]) {
        self.add(
            Departure(key: key, way: .takenOut, person: self.person(of: key), service: self.service(of: key)))
    }

    /// The personal link or device of somebody who went.
    func person(of key: [UInt8]) -> [UInt8]? { self.seen.last { $0.key == key }?.person }

    /// What somebody who went was, if no person.
    func service(of key: [UInt8]) -> ServiceInfo? { self.seen.last { $0.key == key }?.service }

    /// Leaves of those who went that a personal link or device had certified: the last ones, or whoever comes and goes often enough
    /// would fill the list of those who have to stay out.
    func keys(of person: [UInt8]) -> [[UInt8]] { self.seen.filter { $0.person == person }.suffix(16).map { $0.key } }

    private mutating func add(_ departure: Departure) {
        self.forget([departure.key])
        self.seen.append(departure)
        if self.seen.count > Self.atMost { self.seen.removeFirst() }
    }

    /// These are in.
    mutating func forget(_ keys: Set<[UInt8]>) { self.seen.removeAll { keys.contains($0.key) } }

    /// How somebody went last; nothing when it was not seen.
    subscript(key: [UInt8]) -> Way? { self.seen.last { $0.key == key }?.way }
}
