internal import Wire

extension Delivery {
    /// There is a group, or there was one before the server started again (`e2ee.md` 5, rule 4). Who may found one shows
    /// when its founder binds.
    mutating func create(
        _ create: DeliveryCommand.Create, _ connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        guard let line = self.lines[connection], line.gate != .stranger else { throw .denied }
        guard let head = try? MLSHead(create.groupInfo.rawSpan), head.form == .groupInfo,
            head.groupID.count == GroupID.byteCount, head.groupID.starts(with: self.meeting.id),
            create.creator.leaf.rawValue < GroupOrder.leavesAtMost
        else { throw .malformed }
        guard self.lines[connection]?.joins.take(now: now) ?? false else { throw .rate }
        let key = FoundingState.Key(group: GroupID(head.groupID), epoch: head.epoch, tree: create.tree)
        let state = FoundingState(groupInfo: create.groupInfo, tree: create.tree)
        guard let main = self.main, let group = self.groups[main] else {
            let claim = Founding.Claim(key: key, creator: create.creator)
            return try self.founding.claim(claim, state, by: connection, now: now)
        }
        if group.restored == key { return try self.comeBack(create.creator, in: main, now: now) }
        if self.mayMakeRooms(connection, in: group), key.epoch == 0, self.groups[key.group] == nil {
            return try self.makeRoom(key, state, create.creator, now: now)
        }
        // A group that no host has been in yet gives way to a host's.
        guard !group.isCertified, key.epoch > 0 || key.group != main else { throw .conflict }
        let claim = Founding.Claim(key: key, creator: create.creator)
        try self.founding.claim(claim, state, by: connection, now: now)
    }

    /// A member of a restored group that comes a little later.
    private mutating func comeBack(
        _ creator: Added, in id: GroupID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        if let seat = self.groups[id]?.roster.seats[creator.leaf] {
            guard seat.key == creator.key else { throw .conflict }
            return
        }
        guard let group = self.groups[id], !group.wentSinceRestart.contains(creator.leaf),
            group.roster.seats.count < GroupOrder.seatsAtMost
        else { throw .conflict }
        self.groups[id]?.roster.seats[creator.leaf] = LeafSeat(key: creator.key, since: 0, now: now)
    }

    private func mayMakeRooms(_ connection: ConnectionID, in group: GroupOrder) -> Bool {
        guard let leaf = group.leaves[connection], let binding = group.bindings[leaf] else { return false }
        return binding.isCertified && (binding.standing?.rights.contains(.breakout) ?? false)
    }

    private mutating func makeRoom(
        _ key: FoundingState.Key, _ state: FoundingState, _ creator: Added, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        guard self.groups.count <= Self.roomsAtMost else { throw .rate }
        var room = GroupOrder(
            id: key.group, parent: self.main, key: self.key, epoch: key.epoch, founding: state, now: now)
        room.roster.seats[creator.leaf] = LeafSeat(key: creator.key, since: 0, now: now)
        self.groups[key.group] = room
    }

    /// The holder of a founder's leaf has shown itself: a host founds at once, others where the meeting allows it, and
    /// after a restart when the election is over.
    mutating func bindFounder(
        _ binding: GroupBinding, _ request: UInt32, now: ContinuousClock.Instant
    ) {
        let connection = binding.connection
        guard var claim = self.founding.claims[connection] else { return }
        claim.request = request
        claim.binding = binding
        self.founding.claims[connection] = claim
        let mayFound = self.main == nil && (self.meeting.descriptor?.admitsUncertifiedFounder ?? false)
        if binding.isCertified || (claim.key.epoch == 0 && mayFound) {
            self.found(claim.key, now: now)
        } else if claim.key.epoch == 0 {
            self.founding.drop(connection)
            self.reply(.failed(.denied), to: request, on: connection)
        }
    }

    /// The time for claims is over.
    mutating func settleFounding(now: ContinuousClock.Instant) {
        guard let settlesAt = self.founding.settlesAt, settlesAt <= now else { return }
        if self.main == nil, let majority = self.founding.majority { return self.found(majority, now: now) }
        self.dismiss(self.founding.claims)
        self.founding = Founding()
    }

    /// One state becomes the group; whoever claimed another one resyncs.
    private mutating func found(_ key: FoundingState.Key, now: ContinuousClock.Instant) {
        guard let state = self.founding.states[key] else { return }
        let claims = self.founding.claims
        self.founding = Founding()
        if let main = self.main { self.endGroup(main) }
        var group = GroupOrder(
            id: key.group, parent: nil, key: self.key, epoch: key.epoch, founding: state, now: now)
        if key.epoch > 0 { group.restored = key }
        let winners = claims.filter { $0.value.key == key }.sorted { left, right in
            // Where two claim one leaf, a host's word stands.
            let leftFirst = left.value.binding?.isCertified ?? false
            let rightFirst = right.value.binding?.isCertified ?? false
            return leftFirst == rightFirst ? left.key.rawValue < right.key.rawValue : leftFirst
        }
        var losers = claims.filter { $0.value.key != key }
        for (connection, claim) in winners {
            let leaf = claim.creator.leaf
            guard group.roster.seats[leaf] == nil, group.roster.seats.count < GroupOrder.seatsAtMost,
                key.epoch > 0 || claim.binding != nil
            else {
                losers[connection] = claim
                continue
            }
            group.roster.seats[leaf] = LeafSeat(key: claim.creator.key, since: 0, now: now)
            guard let binding = claim.binding, let request = claim.request else { continue }
            group.bind(leaf, binding)
            self.reply(.ok, to: request, on: connection)
        }
        self.groups[key.group] = group
        self.main = key.group
        self.dismiss(losers)
        for connection in group.audience { self.tellOfWaiting(connection) }
    }

    private mutating func dismiss(_ claims: [ConnectionID: Founding.Claim]) {
        for (connection, claim) in claims.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            if let request = claim.request {
                self.reply(.failed(.conflict), to: request, on: connection)
            } else {
                let ended = DeliveryEvent.ended(claim.key.group).frame(request: 0)
                self.effects.append(.send([connection], ended))
            }
        }
    }
}
