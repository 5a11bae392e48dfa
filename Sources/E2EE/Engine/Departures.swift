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

    private var seen: [(key: [UInt8], way: Way)] = []

    /// Somebody went.
    mutating func saw(_ key: [UInt8], _ way: Way) {
        self.forget([key])
        self.seen.append((key, way))
        if self.seen.count > Self.atMost { self.seen.removeFirst() }
    }

    /// These are in.
    mutating func forget(_ keys: Set<[UInt8]>) { self.seen.removeAll { keys.contains($0.key) } }

    /// How somebody went last; nothing when it was not seen.
    subscript(key: [UInt8]) -> Way? { self.seen.last { $0.key == key }?.way }
}
