internal import Wire

extension GroupOrder {
    private static let proposalsPerLeaf = 4
    private static let joinsAtMost = 128
    private static let joinsPerConnection = 2
    /// So many joiners are committed at once without waiting for more (`e2ee.md` 4.3).
    private static let joinsWorthCommitting = 64
    private static let joinDelay = Duration.milliseconds(500)
    /// The first goodbye waits for others, and leaves three members a second each before the five are over.
    private static let goodbyeDelay = Duration.seconds(2)

    /// Orders a proposal: of a member, who can only say that it goes (`e2ee.md` 4.2), or of a joiner.
    mutating func propose(
        _ message: [UInt8], _ head: MLSHead, from connection: ConnectionID, mayJoin: Bool,
        now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        guard case .open(let sender, .proposal, _) = head.form else { throw .malformed }
        guard head.epoch == self.epoch else { throw .stale }
        switch sender {
        case .member(let index): try self.goodbye(LeafIndex(index), from: connection, now: now)
        case .newMemberProposal:
            guard mayJoin else { throw .denied }
            try self.countJoin(connection, now: now)
        case .external, .newMemberCommit: throw .denied
        }
        self.number(message)
        self.log.append(.proposal, message, seq: self.seq, snapshot: self.roster.snapshot?.seq ?? 0, now: now)
    }

    private mutating func goodbye(
        _ leaf: LeafIndex, from connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        guard try self.member(connection) == leaf, var seat = self.roster.seats[leaf] else { throw .denied }
        guard seat.proposals < Self.proposalsPerLeaf else { throw .rate }
        seat.proposals += 1
        seat.isLeaving = true
        self.roster.seats[leaf] = seat
        self.need(.commitRemovals, at: now + Self.goodbyeDelay)
    }

    private mutating func countJoin(
        _ connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        let own = self.roster.joinsBy[connection, default: 0]
        guard self.roster.joins < Self.joinsAtMost, own < Self.joinsPerConnection else { throw .rate }
        self.roster.joins += 1
        self.roster.joinsBy[connection] = own + 1
        self.need(
            .commitJoins, at: self.roster.joins >= Self.joinsWorthCommitting ? now : now + Self.joinDelay)
    }

    /// Passes an application message on. What everybody gets and is kept has a number of its own; what is fleeting or for
    /// some only has none, so that nobody sees a gap and learns that others spoke.
    mutating func app(
        _ app: DeliveryCommand.App, _ head: MLSHead, from connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        let leaf = try self.member(connection)
        guard head.form == .sealed(.application) else { throw .malformed }
        guard head.epoch == self.epoch else { throw .stale }
        guard self.roster.seats[leaf]?.messages.take(now: now) ?? false else { throw .rate }
        if app.recipients.isEmpty, app.keep != .fleeting {
            self.number(app.message)
            self.log.append(message: app.message, seq: self.seq)
            return
        }
        let event = DeliveryEvent.Ordered(group: self.id, seq: self.seq, message: app.message)
        guard !app.recipients.isEmpty else {
            return self.tell(self.audience.filter { $0 != connection }, .ordered(event))
        }
        let recipients = Array(Set(app.recipients).filter { self.roster.seats[$0] != nil && $0 != leaf }).sorted()
        // What cannot be kept is not said either: whoever is away for a moment would never hear of it. There is room again with
        // the next number.
        if app.keep != .fleeting, !recipients.isEmpty,
            !self.log.append(message: app.message, for: recipients, by: leaf, seq: self.seq)
        {
            throw .rate
        }
        let connections = recipients.compactMap { self.bindings[$0]?.connection }
        self.tell(connections.sorted { $0.rawValue < $1.rawValue }, .ordered(event))
    }

    /// Takes a snapshot of an epoch whose beginning is known: this one. An older one would come too late to be of use.
    mutating func take(_ snapshot: DeliveryCommand.Snapshot, from connection: ConnectionID) throws(DeliveryFailure) {
        let leaf = try self.member(connection)
        let isAsked = self.duties[.uploadSnapshot]?.asked.contains(leaf) ?? false
        guard isAsked || self.bindings[leaf]?.isCertified ?? false else { throw .denied }
        guard snapshot.epoch == self.epoch else { throw .stale }
        guard let info = try? MLSHead(snapshot.groupInfo.rawSpan), info.form == .groupInfo,
            info.groupID == self.id.bytes, info.epoch == self.epoch
        else { throw .malformed }
        self.roster.snapshot = TreeSnapshot(
            epoch: self.epoch, seq: self.roster.beganAt, tree: snapshot.tree, groupInfo: snapshot.groupInfo)
        self.duties[.uploadSnapshot] = nil
    }
}
