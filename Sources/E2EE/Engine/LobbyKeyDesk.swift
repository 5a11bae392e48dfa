/// To whom we gave the key of the door (`docs/decisions/0011`): co-hosts of a host's making, once each.
struct LobbyKeyDesk: Sendable {
    private var given: Set<[UInt8]> = []

    /// Those of these co-hosts, and there are no others, who get it now. They count as having it until it turns out that it
    /// did not get to them.
    mutating func take(_ cohosts: [[UInt8]]) -> [[UInt8]] {
        self.given.formIntersection(cohosts)
        var due: [[UInt8]] = []
        for key in cohosts where self.given.insert(key).inserted { due.append(key) }
        return due
    }

    /// It did not get there, or whoever has this key came anew since.
    mutating func forget(_ key: [UInt8]) { self.given.remove(key) }
}
