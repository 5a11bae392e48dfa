extension GroupOrder {
    /// Who stands in for a host: the first successor that is here, where nobody with a certificate is (`e2ee.md` 3.2,
    /// acting host).
    var actingHost: LeafIndex? {
        guard !self.successors.isEmpty, !self.bindings.values.contains(where: \.isCertified) else { return nil }
        for successor in self.successors {
            let leaves = self.bindings.filter { leaf, binding in
                binding.keys.contains(successor)
                    && !(self.roster.seats[leaf].map { self.putOut.contains($0.key) } ?? true)
            }
            if let leaf = leaves.keys.min() { return leaf }
        }
        return nil
    }

    /// What the holder of a leaf may do, as far as it has shown it here. The members' rules are theirs: a Commit that they
    /// refuse is taken back.
    func rights(of leaf: LeafIndex) -> CertificateRights {
        let shown = self.bindings[leaf]?.standing?.rights ?? []
        return leaf == self.actingHost ? shown.union(.actingHost) : shown
    }

    /// Whether a Commit may do what its sender says that it does. Nobody here sees what a Commit does, and members would
    /// not notice what is said of it beside: so only those who might do it are believed (`e2ee.md` 5). Whoever goes by its
    /// own word or the server's may be taken out by anybody, and joiners that proposed themselves be added.
    func mayDeclare(_ commit: DeliveryCommand.Commit, by leaf: LeafIndex) -> Bool {
        let rights = self.rights(of: leaf)
        let goes = commit.removed.allSatisfy { self.roster.seats[$0]?.isGoing ?? false }
        return (goes || !rights.isDisjoint(with: [.eject, .services]))
            && (commit.added.count <= self.roster.joins || !rights.isDisjoint(with: [.admit, .services]))
    }

    /// Whether a joiner may take a leaf away: one that nobody holds now, that its own connection holds, or that the same
    /// person holds on another one.
    func mayReplace(_ leaf: LeafIndex, _ connection: ConnectionID, _ standing: Standing?) -> Bool {
        guard let held = self.bindings[leaf], held.connection != connection else { return true }
        guard let standing, let other = held.standing else { return false }
        return standing.isSamePerson(as: other)
    }

    /// Keys of people who were put out: until they are out of the tree they have no rights, and commit and judge nothing.
    mutating func revoke(_ isOut: (LeafKey) -> Bool) {
        self.noteChange()
        self.lost.remove(where: isOut)
        for seat in self.roster.seats.values where isOut(seat.key) {
            self.blocked.insert(seat.key)
            self.putOut.insert(seat.key)
        }
        if let candidate = self.candidate, isOut(candidate.commit.added[0].key) { self.refuseCandidate(.denied) }
    }

    /// Some of what people have shown counts no more, now, and when a Commit of before is taken back. They stay in.
    mutating func forgetStandings(where isOver: (Standing) -> Bool) {
        self.noteChange()
        self.roster.forgetStandings(where: isOver)
        for index in self.recent.indices { self.recent[index].forgetStandings(where: isOver) }
        for (leaf, binding) in self.bindings where binding.standing.map(isOver) ?? false {
            self.bindings[leaf]?.forgetStanding()
            // The slot is for whoever may reserve one.
            if self.reservation?.connection == binding.connection { self.reservation = nil }
        }
    }

    func isBlocked(_ leaf: LeafIndex) -> Bool { self.roster.seats[leaf].map { self.blocked.contains($0.key) } ?? false }
}
