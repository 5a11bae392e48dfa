internal import Wire

/// One slot at a time: the next Commit is for a host's ejection (`e2ee.md` 5, rule 5).
struct Reservation: Sendable {
    static let time = Duration.seconds(2)

    let connection: ConnectionID
    let until: ContinuousClock.Instant
}

extension GroupOrder {
    private static let emptyCommitPerLeaf = Duration.seconds(60)
    private static let emptyCommitPerGroup = Duration.milliseconds(500)

    /// Orders a member's Commit, or says why not: compare-and-set on the epoch, the first wins (`e2ee.md` 5, rule 1).
    mutating func commit(
        _ commit: DeliveryCommand.Commit, from connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        let leaf = try self.member(connection)
        let head = try Self.head(of: commit)
        guard head.sender == .member(leaf.rawValue) else { throw .denied }
        try self.mayCommit(commit, connection, now: now)
        guard let seat = self.roster.seats[leaf], !self.blocked.contains(seat.key) else { throw .denied }
        guard !commit.removed.contains(leaf) else { throw .malformed }
        guard self.mayDeclare(commit, by: leaf) else { throw .denied }
        if head.isEmpty { try self.spendEmptyCommit(leaf, seat, now: now) }
        self.order(commit, committer: seat.key, leaf: leaf, now: now)
    }

    /// What can be seen of a Commit: who says to have sent it, and whether it has proposals at all.
    static func head(
        of commit: DeliveryCommand.Commit
    ) throws(DeliveryFailure) -> (sender: MLSHead.Sender, isEmpty: Bool) {
        let span = commit.commit.rawSpan
        guard let head = try? MLSHead(span), case .open(let sender, .commit, let offset) = head.form,
            head.groupID == commit.group.bytes, head.epoch == commit.epoch
        else { throw .malformed }
        // Commit begins with the list of its proposals (RFC 9420 §12.4); one zero byte is an empty list.
        return (sender, span.u8(offset) == 0 && commit.added.isEmpty && commit.removed.isEmpty)
    }

    /// Epoch, slot, and whether what it says of its effect is possible.
    func mayCommit(
        _ commit: DeliveryCommand.Commit, _ connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        guard commit.epoch == self.epoch else { throw .stale }
        guard self.epoch < .max else { throw .malformed }
        guard self.recent.count < RecentCommit.atMost else { throw .rate }
        if let reservation = self.reservation, reservation.until > now, reservation.connection != connection {
            throw .rate
        }
        guard let info = try? MLSHead(commit.groupInfo.rawSpan), info.form == .groupInfo,
            info.groupID == self.id.bytes, info.epoch == self.epoch + 1
        else { throw .malformed }
        let removed = Set(commit.removed)
        let added = Set(commit.added.map(\.leaf))
        guard removed.count == commit.removed.count, added.count == commit.added.count,
            (removed.union(added)).allSatisfy({ $0.rawValue < Self.leavesAtMost }),
            added.allSatisfy({ removed.contains($0) || self.roster.seats[$0] == nil }),
            commit.welcome.isEmpty
                || (Self.isWelcome(commit.welcome) && commit.added.contains { !$0.reference.bytes.isEmpty })
        else { throw .malformed }
        // A leaf in the tree that is not known here, because somebody said that it had gone, can be taken out all the same.
        let known = removed.count { self.roster.seats[$0] != nil }
        guard self.roster.seats.count - known + added.count <= Self.seatsAtMost else { throw .tooBig }
    }

    /// Read to its last byte: what follows it in a frame would be read as something else.
    private static func isWelcome(_ bytes: [UInt8]) -> Bool {
        var reader = ByteReader(bytes.rawSpan)
        guard (try? reader.mlsMessage()) != nil, reader.isAtEnd else { return false }
        return bytes.rawSpan.u16(2) == MLSNumbers.welcome
    }

    private mutating func spendEmptyCommit(
        _ leaf: LeafIndex, _ seat: LeafSeat, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        if let at = seat.emptyCommitAt, at + Self.emptyCommitPerLeaf > now { throw .rate }
        if let at = self.emptyCommitAt, at + Self.emptyCommitPerGroup > now { throw .rate }
        self.roster.seats[leaf]?.emptyCommitAt = now
        self.emptyCommitAt = now
    }

    /// A Commit has won: everything it says happens. `leaf` is the committer's; nil for the own Commit of `joiner`.
    mutating func order(
        _ commit: DeliveryCommand.Commit, committer: LeafKey, leaf: LeafIndex?, joiner: ConnectionID? = nil,
        now: ContinuousClock.Instant
    ) {
        let before = RecentCommit(seq: self.seq + 1, at: now, committer: committer, leaf: leaf, before: self)
        self.noteChange()
        self.number(commit.commit)
        self.log.append(
            .commit, commit.commit, seq: self.seq, snapshot: self.roster.snapshot?.seq ?? 0, now: now)
        let named = NamedRemovals(in: commit)
        for leaf in commit.removed { self.take(leaf, isByHand: named.contains(leaf), joiner: joiner) }
        self.renewAudience()
        if self.audience.isEmpty { self.emptySince = self.emptySince ?? now }
        let goers = self.roster.seats.filter { $0.value.isLeaving && $0.value.lostSince != nil }.map(\.key).sorted()
        self.roster.startEpoch(self.epoch + 1, at: self.seq, groupInfo: commit.groupInfo)
        for added in commit.added {
            self.roster.seats[added.leaf] = LeafSeat(key: added.key, since: self.seq, now: now)
            self.lost.remove(added.key)
        }
        self.recent.append(before)
        if let joiner { self.recent[self.recent.count - 1].joiner = joiner }
        self.reservation = nil
        self.refuseCandidate(.stale)
        self.duties[.commitRemovals] = nil
        self.duties[.commitJoins] = nil
        // An Add alone has no path (`e2ee.md` 4.2, rule C).
        if leaf == nil || commit.added.isEmpty || !commit.removed.isEmpty {
            self.renewedAt = now
            self.duties[.emptyCommit] = nil
        }
        // Whoever said goodbye and went cannot say it again in this epoch.
        for leaf in goers { self.proposeRemoval(of: leaf, now: now) }
        self.proposeRemovalsOfLost(now: now)
        self.askForSnapshot(now: now)
    }

    /// A leaf is out of the tree, and whoever held it or was to hold it has nothing of it any more. A joiner that comes
    /// back is still what it has shown.
    private mutating func take(_ leaf: LeafIndex, isByHand: Bool, joiner: ConnectionID?) {
        guard let seat = self.roster.seats.removeValue(forKey: leaf) else { return }
        self.lost.remove(seat.key)
        if let welcomed = seat.welcomed { self.unwelcome.append(welcomed) }
        if let connection = self.bindings[leaf]?.connection, connection != joiner { self.removed.append(connection) }
        // Its owner did not go: the line did, and the service said so.
        if joiner == nil, seat.isRemovalProposed, !seat.isLeaving, !isByHand { self.lost.insert(seat.key, at: leaf) }
        self.release(leaf)
    }

    /// The next slot is for a host.
    mutating func reserve(_ connection: ConnectionID, now: ContinuousClock.Instant) throws(DeliveryFailure) {
        let leaf = try self.member(connection)
        guard self.bindings[leaf]?.isCertified ?? false, let seat = self.roster.seats[leaf],
            !self.blocked.contains(seat.key)
        else { throw .denied }
        // A pause as long as the slot itself, or one host could keep all others out.
        if let reservation = self.reservation, reservation.until + Reservation.time > now {
            guard reservation.until <= now, reservation.connection != connection else { throw .rate }
        }
        self.reservation = Reservation(connection: connection, until: now + Reservation.time)
    }
}
