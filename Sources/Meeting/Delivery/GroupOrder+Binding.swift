extension GroupOrder {
    /// A connection holds a leaf from now on; another one that held it does not any more.
    mutating func bind(_ leaf: LeafIndex, _ binding: GroupBinding, now: ContinuousClock.Instant) {
        self.noteChange()
        if let old = self.bindings[leaf] { self.leaves[old.connection] = nil }
        if let other = self.leaves[binding.connection], other != leaf {
            // A connection holds one leaf: the other is lost like any that nobody holds.
            self.bindings[other] = nil
            self.roster.seats[other]?.lostSince = now
        }
        self.bindings[leaf] = binding
        self.leaves[binding.connection] = leaf
        self.roster.seats[leaf]?.lostSince = nil
        self.roster.seats[leaf]?.standing = binding.standing
        if let welcomed = self.roster.seats[leaf]?.welcomed { self.unwelcome.append(welcomed) }
        self.roster.seats[leaf]?.welcomed = nil
        self.emptySince = nil
        if binding.isCertified { self.isCertified = true }
        self.renewAudience()
    }

    /// A connection is gone. Its leaf stays, and is lost if nobody binds it again.
    mutating func unbind(_ connection: ConnectionID, now: ContinuousClock.Instant) {
        for index in self.recent.indices { self.recent[index].gone.insert(connection) }
        if self.candidate?.connection == connection { self.candidate = nil }
        if self.reservation?.connection == connection { self.reservation = nil }
        guard let leaf = self.leaves[connection] else { return }
        self.release(leaf)
        self.renewAudience()
        self.roster.seats[leaf]?.lostSince = now
        if self.audience.isEmpty { self.emptySince = now }
        guard self.roster.seats[leaf]?.isLeaving == false else { return }
        self.tellAll(.lost(DeliveryEvent.Lost(group: self.id, leaf: leaf, sinceMilliseconds: 0)))
    }

    /// Its binding only: who is told and what is waited for are the caller's business.
    mutating func release(_ leaf: LeafIndex) {
        guard let binding = self.bindings.removeValue(forKey: leaf) else { return }
        self.noteChange()
        self.leaves[binding.connection] = nil
    }

    mutating func renewAudience() {
        self.audience = self.leaves.keys.sorted { $0.rawValue < $1.rawValue }
    }

    /// The leaf a connection holds; what members say has to come from one.
    func member(_ connection: ConnectionID) throws(DeliveryFailure) -> LeafIndex {
        guard let leaf = self.leaves[connection] else { throw .denied }
        return leaf
    }

    /// Members that can be asked to do something: connected, not going.
    private var present: [LeafIndex] {
        self.bindings.keys.filter { leaf in
            guard let seat = self.roster.seats[leaf] else { return false }
            return !seat.isGoing && !self.blocked.contains(seat.key)
        }
    }

    /// Who does routine work, the first choice first: hosts and co-hosts, then the others, from the lowest leaf up
    /// (`e2ee.md` 4.3, steward).
    var stewards: [LeafIndex] {
        self.present.sorted { left, right in
            let leftFirst = self.bindings[left]?.isCertified ?? false
            let rightFirst = self.bindings[right]?.isCertified ?? false
            return leftFirst == rightFirst ? left < right : leftFirst
        }
    }

    /// Who is nearest to a leaf in the tree, the nearest first; ties to the lowest (`e2ee.md` 4.3, nearest leaf).
    func nearest(to leaf: LeafIndex) -> [LeafIndex] {
        self.present.filter { $0 != leaf }.sorted { left, right in
            (left.distance(to: leaf), left) < (right.distance(to: leaf), right)
        }
    }
}
