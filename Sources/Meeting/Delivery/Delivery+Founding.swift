internal import Wire

extension Delivery {
    /// Somebody made a group, for a meeting that has none. Who may found one shows when its founder binds (`e2ee.md` 5,
    /// rule 4). A group that is said to be going on already is not ours: meetings are in memory only, so there is none
    /// from before a restart, and nobody could prove to have been in it.
    mutating func create(
        _ create: DeliveryCommand.Create, _ connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        guard let line = self.lines[connection], line.gate != .stranger else { throw .denied }
        guard let head = try? MLSHead(create.groupInfo.rawSpan), head.form == .groupInfo,
            head.groupID.count == GroupID.byteCount, head.groupID.starts(with: self.meeting.id),
            create.creator.leaf.rawValue < GroupOrder.leavesAtMost
        else { throw .malformed }
        guard head.epoch == 0 else { throw .unknownGroup }
        guard self.lines[connection]?.joins.take(now: now) ?? false else { throw .rate }
        let id = GroupID(head.groupID)
        let state = FoundingState(groupInfo: create.groupInfo, tree: create.tree)
        let isCertified = line.standing?.isCertified ?? false
        guard self.groups[id] == nil else { throw .conflict }
        if let group = self.main.flatMap({ self.groups[$0] }) {
            if self.mayMakeRooms(connection, in: group) {
                return try self.makeRoom(id, state, create.creator, now: now)
            }
            // A group that no host has been in yet gives way to a host's.
            guard isCertified, !group.isCertified else { throw .conflict }
        } else {
            guard isCertified || self.admitsUncertifiedFounder else { throw .denied }
        }
        let claim = Founding.Claim(
            group: id, state: state, creator: create.creator, isCertified: isCertified, until: now + Founding.patience)
        if let loser = try self.founding.claim(claim, by: connection) { self.dismiss([loser]) }
    }

    private var admitsUncertifiedFounder: Bool { self.meeting.descriptor?.admitsUncertifiedFounder ?? false }

    private func mayMakeRooms(_ connection: ConnectionID, in group: GroupOrder) -> Bool {
        guard let leaf = group.leaves[connection], let binding = group.bindings[leaf] else { return false }
        return binding.isCertified && group.rights(of: leaf).contains(.breakout)
    }

    private mutating func makeRoom(
        _ id: GroupID, _ state: FoundingState, _ creator: Added, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        guard self.groups.count <= Self.roomsAtMost else { throw .rate }
        var room = self.makeGroup(id, parent: self.main, state, now: now)
        room.roster.seats[creator.leaf] = LeafSeat(key: creator.key, since: 0, now: now)
        self.groups[id] = room
    }

    private func makeGroup(
        _ id: GroupID, parent: GroupID?, _ state: FoundingState, now: ContinuousClock.Instant
    ) -> GroupOrder {
        GroupOrder(
            id: id, parent: parent, key: self.key, successors: self.meeting.descriptor?.successors ?? [],
            founding: state, now: now)
    }

    /// The holder of a founder's leaf has shown itself: a host founds, and others where the meeting allows it.
    mutating func bindFounder(
        _ binding: GroupBinding, _ request: UInt32, now: ContinuousClock.Instant
    ) {
        let connection = binding.connection
        guard let claim = self.founding.claims[connection] else { return }
        let group = self.main.flatMap { self.groups[$0] }
        guard binding.isCertified || (group == nil && self.admitsUncertifiedFounder) else {
            self.founding.drop(connection)
            return self.reply(.failed(.denied), to: request, on: connection)
        }
        // A host has come into the group that is there in the meantime.
        guard !(group?.isCertified ?? false) else {
            self.founding.drop(connection)
            return self.reply(.failed(.conflict), to: request, on: connection)
        }
        self.found(claim, binding, now: now)
        self.reply(.ok, to: request, on: connection)
        self.tellOfWaiting(now: now)
    }

    /// Founders that did not bind in time are told that there is no such group.
    mutating func settleFounding(now: ContinuousClock.Instant) {
        self.dismiss(self.founding.takeExpired(now: now))
    }

    private mutating func found(_ claim: Founding.Claim, _ binding: GroupBinding, now: ContinuousClock.Instant) {
        self.founding.drop(binding.connection)
        let losers = self.founding.inOrder
        self.founding = Founding()
        if let main = self.main { self.endGroup(main) }
        var group = self.makeGroup(claim.group, parent: nil, claim.state, now: now)
        group.roster.seats[claim.creator.leaf] = LeafSeat(key: claim.creator.key, since: 0, now: now)
        if let person = binding.person { self.people.note(person, of: claim.creator.key) }
        group.bind(claim.creator.leaf, binding, now: now)
        self.groups[claim.group] = group
        self.main = claim.group
        self.dismiss(losers)
    }

    private mutating func dismiss(_ claims: [(connection: ConnectionID, claim: Founding.Claim)]) {
        for (connection, claim) in claims {
            let ended = DeliveryEvent.ended(claim.group).frame(request: 0)
            self.effects.append(.send([connection], ended))
        }
    }
}
