package import Signalling

extension Delivery {
    /// Personal links came after the registration: whoever has one asks for its certificate by its key. Those of people who
    /// were put out stay where they are.
    package mutating func add(_ tickets: [TicketCertificate]) {
        // What does not parse is none.
        for ticket in tickets.compactMap({ try? RoleCertificate(decoding: $0.bytes) })
        where !self.isRevoked(ticket.subject) {
            self.meeting.certificates[ticket.subject.hash] = ticket.bytes
        }
    }

    /// The creator of the meeting took a personal link back. Whoever came by it keeps their seat until a host puts them out, but
    /// to the service they are as somebody who was put out: they commit and judge nothing, and what they have shown is gone.
    package mutating func revoke(ticket key: LeafKey) -> [DeliveryEffect] {
        self.meeting.revoked.insert(key)
        return self.revoke(key)
    }

    /// A host put somebody out for good (`e2ee.md` 3.2, eject): neither this key nor the personal link it came by opens
    /// anything here again, and until the Commit is there that takes the leaf away its holder commits and judges nothing.
    /// The members' policy says the same; without this the server would go on handing the link's certificate out. Whom they
    /// made a co-host is none any more, and a member as before.
    package mutating func revoke(_ key: LeafKey) -> [DeliveryEffect] {
        for key in [key] + (self.people[key].map { [$0] } ?? []) {
            self.revoked.insert(key)
            self.meeting.certificates[key.hash] = nil
        }
        let isOut = self.isOut
        for id in self.groups.keys {
            self.groups[id]?.revoke(isOut)
            self.groups[id]?.forgetStandings { $0.keys.contains(where: isOut) }
        }
        for (connection, line) in self.lines where line.standing?.keys.contains(where: isOut) ?? false {
            self.lines[connection]?.standing = nil
        }
        return self.takeEffects()
    }

    /// Whether somebody was put out, by their leaf or by the personal link or device they came by.
    var isOut: (LeafKey) -> Bool {
        let (revoked, tickets, people) = (self.revoked, self.meeting.revoked, self.people)
        return { key in
            let isDead = { (key: LeafKey) in revoked.contains(key) || tickets.contains(key) }
            return isDead(key) || (people[key].map(isDead) ?? false)
        }
    }

    /// Whether this very key opens nothing: a host put its holder out, or took the personal link back.
    func isRevoked(_ key: LeafKey) -> Bool { self.revoked.contains(key) || self.meeting.revoked.contains(key) }

    /// A host says that somebody is no co-host any more: the service reads no policy, and would go on believing the chain
    /// that they bound with. Named is the key that stands between them and their host, or their own; nothing but what makes
    /// a co-host hangs on it, so no host loses anything by it (`docs/decisions/0011`).
    mutating func withdraw(_ key: LeafKey, _ connection: ConnectionID) throws(DeliveryFailure) {
        guard let group = self.main.flatMap({ self.groups[$0] }), let leaf = group.leaves[connection],
            group.bindings[leaf]?.standing?.role == .host
        else { throw .denied }
        self.withdrawn.insert(key)
        let withdrawn = self.withdrawn
        for id in self.groups.keys {
            self.groups[id]?.forgetStandings { $0.cohosts.contains(where: withdrawn.contains) }
        }
        for (connection, line) in self.lines where line.standing.map(self.isWithdrawn) ?? false {
            self.lines[connection]?.standing = nil
        }
    }

    func isWithdrawn(_ standing: Standing) -> Bool { standing.cohosts.contains(where: self.withdrawn.contains) }
}
