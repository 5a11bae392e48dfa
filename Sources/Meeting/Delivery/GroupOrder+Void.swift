extension GroupOrder {
    /// Fault codes of `e2ee.md` 4.2: those of `authorise`, and those of the format.
    private static let codes: [ClosedRange<UInt16>] = [1...23, 64...73]
    /// Whether a path can be decrypted differs from member to member: by itself it proves nothing about the Commit.
    private static let pathDecrypt: UInt16 = 68
    /// Nobody told the reporter of a link: that may be somebody else's doing than the committer's.
    private static let preSharedKey: UInt16 = 5

    /// A member refuses a Commit.
    mutating func fault(
        _ fault: DeliveryCommand.Fault, from connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        let leaf = try self.member(connection)
        guard Self.codes.contains(where: { $0.contains(fault.code) }) else { throw .malformed }
        guard let index = self.recent.firstIndex(where: { $0.roster.epoch == fault.epoch }),
            self.recent[index].at + RecentCommit.time > now, self.isElector(leaf, of: self.recent[index]),
            self.recent[index].refused.contains(leaf)
        else { return }  // Noted by the members; nothing follows here.
        self.recent[index].applied.remove(leaf)
        self.recent[index].undecrypted.remove(leaf)
        for code in self.recent[index].faults.keys { self.recent[index].faults[code]?.remove(leaf) }
        guard fault.code != Self.pathDecrypt else {
            self.recent[index].undecrypted.insert(leaf)
            return self.countFaults(of: index, isOver: false, now: now)
        }
        self.recent[index].faults[fault.code, default: []].insert(leaf)
        guard self.bindings[leaf]?.standing?.role == .host else {
            return self.countFaults(of: index, isOver: false, now: now)
        }
        self.void(index, for: fault.code, now: now)
    }

    /// A member applied a Commit, or did not.
    mutating func ack(
        _ ack: DeliveryCommand.Ack, from connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        let leaf = try self.member(connection)
        guard ack.seq >> 63 == 0 else { return self.judge(ack.verdict, ack.seq, by: leaf, now: now) }
        guard let index = self.recent.firstIndex(where: { $0.seq == ack.seq }),
            self.isElector(leaf, of: self.recent[index])
        else { return }
        guard ack.verdict == .ok else {
            self.recent[index].refused.insert(leaf)
            return
        }
        guard !self.recent[index].undecrypted.contains(leaf),
            !self.recent[index].faults.values.contains(where: { $0.contains(leaf) })
        else { return }
        self.recent[index].applied.insert(leaf)
        self.countFaults(of: index, isOver: false, now: now)
    }

    /// Whoever got a Welcome of the last Commit hears when it is taken back.
    mutating func noteWelcome(_ connection: ConnectionID, to leaf: LeafIndex) {
        guard !self.recent.isEmpty else { return }
        self.recent[self.recent.count - 1].welcomed.append(connection)
        self.roster.seats[leaf]?.welcomed = connection
    }

    /// Whoever got one goes on with it on another connection.
    mutating func moveWelcome(from old: ConnectionID, to connection: ConnectionID) {
        for leaf in self.roster.seats.keys where self.roster.seats[leaf]?.welcomed == old {
            self.roster.seats[leaf]?.welcomed = connection
        }
        for index in self.recent.indices {
            self.recent[index].welcomed = self.recent[index].welcomed.map { $0 == old ? connection : $0 }
        }
    }

    /// A leaf that was there before a Commit may say something about it; one that was given to somebody else since may not.
    private func isElector(_ leaf: LeafIndex, of commit: RecentCommit) -> Bool {
        commit.electors.contains(leaf) && (self.roster.seats[leaf].map { $0.since < commit.seq } ?? false)
    }

    mutating func countFaults(of index: Int, isOver: Bool, now: ContinuousClock.Instant) {
        let commit = self.recent[index]
        let present = Set(self.bindings.keys.filter { self.isElector($0, of: commit) })
        let isOfHost = commit.leaf.flatMap { commit.bindings[$0]?.standing?.isCertified } ?? false
        let hosts = Set(present.filter { self.bindings[$0]?.standing?.role == .host })
        let code = commit.majority(isOver: isOver, present: present)
        guard
            code != nil || commit.isForsaken(isOver: isOver, present: present, hosts: hosts, isOfHost: isOfHost)
        else { return }
        self.void(index, for: code, now: now)
    }

    /// Takes a Commit back, with everything on top of it: the epoch before it goes on, its sender commits nothing more. Whose
    /// Commit names a link that the reporter was not told may be honest, and the link another one's: the first is forgiven.
    /// Numbers are not used again.
    private mutating func void(_ index: Int, for code: UInt16?, now: ContinuousClock.Instant) {
        let commit = self.recent[index]
        var told = Set(self.audience)
        for undone in self.recent[index...] {
            told.formUnion(undone.audience + undone.welcomed + [undone.joiner].compactMap { $0 })
            self.unwelcome += undone.welcomed
        }
        told.subtract(commit.gone)
        self.recent.removeSubrange(index...)
        self.restore(commit, now: now)
        self.log.void(from: commit.seq)
        if code != Self.preSharedKey || !self.forgiven.insert(commit.committer).inserted {
            self.blocked.insert(commit.committer)
        }
        self.refuseCandidate(.stale)
        self.reservation = nil
        self.tell(
            told.sorted { $0.rawValue < $1.rawValue },
            .voided(DeliveryEvent.Voided(group: self.id, seq: commit.seq)))
        self.duties = [:]
        if !self.roster.leaving.isEmpty { self.need(.commitRemovals, at: now) }
        if self.roster.joins > 0 { self.need(.commitJoins, at: now) }
        self.proposeRemovalsOfLost(now: now)
    }

    /// The roster as it was before a Commit, with the connections that are there now.
    private mutating func restore(_ commit: RecentCommit, now: ContinuousClock.Instant) {
        self.noteChange()
        let bindings = self.bindings
        let seats = self.roster.seats
        self.roster = commit.roster
        self.bindings = [:]
        self.leaves = [:]
        for (leaf, seat) in self.roster.seats {
            // Whoever bound the same leaf anew keeps it; whoever was removed has it again.
            let current = seats[leaf]?.key == seat.key ? bindings[leaf] : nil
            let before = commit.bindings[leaf].flatMap { commit.gone.contains($0.connection) ? nil : $0 }
            guard var binding = current ?? before, self.leaves[binding.connection] == nil else {
                if seat.lostSince == nil { self.roster.seats[leaf]?.lostSince = now }
                continue
            }
            if self.putOut.contains(seat.key) { binding.standing = nil }
            self.bindings[leaf] = binding
            self.leaves[binding.connection] = leaf
            self.roster.seats[leaf]?.lostSince = nil
        }
        self.renewAudience()
        self.emptySince = self.audience.isEmpty ? now : nil
    }
}
