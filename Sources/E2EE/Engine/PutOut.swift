/// Who was put out, as far as we followed it (`docs/decisions/0010`). A Void takes a Commit back, and so might a server who has
/// somebody's word for it; whoever saw somebody put out does not speak where they are again, until a host let them in anew.
struct PutOut: Sendable {
    /// Keys of the last groups we were in, the newest last: a server that shows another group takes no memory of this one away.
    private var groups: [(id: [UInt8], keys: [[UInt8]])] = []
    /// Somebody of them is in.
    private(set) var isBack = false

    /// More than four full lists nobody remembers; the oldest go first.
    private static var keysMax: Int { 1_024 }
    private static var groupsMax: Int { 4 }

    /// The policy and people of an epoch that we are in.
    mutating func follow<Crypto: CryptoProvider>(_ place: Place<Crypto>) {
        var keys = self.takeKeys(of: place.groupID)
        let entries = place.policy.revoked.filter { $0.scope == .out }
        guard !entries.isEmpty || !keys.isEmpty else {
            self.isBack = false
            return
        }
        let present = Self.present(in: place)
        self.isBack = !present.isDisjoint(with: keys)
        defer {
            self.groups.append((place.groupID, keys))
            if self.groups.count > Self.groupsMax { self.groups.removeFirst() }
        }
        // Where somebody is back it may be they who write the list, and push themselves out of it.
        guard !self.isBack else { return }
        let known = Set(keys)
        // Whose personal link was taken back while they are in was not put out.
        for entry in entries where !present.contains(entry.key) && !known.contains(entry.key) { keys.append(entry.key) }
        if keys.count > Self.keysMax { keys.removeFirst(keys.count - Self.keysMax) }
    }

    /// Who was put out of a group.
    func keys(of groupID: [UInt8]) -> [[UInt8]] { self.groups.first { $0.id == groupID }?.keys ?? [] }

    /// Whoever may takes somebody from the list again, which takes a new generation of passes. Not where somebody is back who was
    /// put out: it may be by their own word.
    mutating func forgive<Crypto: CryptoProvider>(_ before: Place<Crypto>, _ after: Place<Crypto>, by leaf: UInt32) {
        guard !self.isBack, before.roles[leaf]?.leads == true,
            after.policy.passGeneration > before.policy.passGeneration
        else { return }
        // A full list that is begun anew for somebody else forgives nobody.
        guard after.policy.revoked.allSatisfy({ $0.scope != .out || before.policy.isOut($0.key) }) else { return }
        let forgiven = before.policy.revoked.filter { $0.scope == .out && !after.policy.isOut($0.key) }.map { $0.key }
        guard !forgiven.isEmpty else { return }
        let kept = self.takeKeys(of: after.groupID).filter { !forgiven.contains($0) }
        if !kept.isEmpty { self.groups.append((after.groupID, kept)) }
    }

    private mutating func takeKeys(of groupID: [UInt8]) -> [[UInt8]] {
        guard let index = self.groups.firstIndex(where: { $0.id == groupID }) else { return [] }
        return self.groups.remove(at: index).keys
    }

    /// Keys of everybody who is in, and of the personal link or device they came by.
    private static func present<Crypto: CryptoProvider>(in place: Place<Crypto>) -> Set<[UInt8]> {
        var keys: Set<[UInt8]> = []
        for occupant in place.meeting.occupants {
            keys.insert(occupant.key)
            if let person = occupant.profile?.chain?.personKey { keys.insert(person) }
        }
        return keys
    }
}
