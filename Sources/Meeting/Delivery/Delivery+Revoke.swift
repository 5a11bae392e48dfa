extension Delivery {
    /// A host put somebody out for good (`e2ee.md` 3.2, eject): neither this key nor the personal link it came by opens
    /// anything here again, and until the Commit is there that takes the leaf away its holder commits and judges nothing.
    /// The members' policy says the same; without this the server would go on handing the link's certificate out.
    package mutating func revoke(_ key: LeafKey) -> [DeliveryEffect] {
        let standings = self.groups.values.compactMap { $0.standing(of: key) }
        for key in [key] + standings.compactMap(\.person) {
            self.revoked.insert(key)
            self.meeting.certificates[key.hash] = nil
        }
        for id in self.groups.keys { self.groups[id]?.revoke(self.revoked.contains) }
        for (connection, line) in self.lines where self.isRevoked(line) { self.lines[connection]?.standing = nil }
        return self.takeEffects()
    }

    private func isRevoked(_ line: Line) -> Bool {
        guard let standing = line.standing else { return false }
        return standing.keys.contains(where: self.revoked.contains)
    }
}
