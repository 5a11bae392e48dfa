extension Delivery {
    /// What is stored. Who waits gets the descriptors and nothing of the group (`e2ee.md` 5, rule 3).
    mutating func get(
        _ get: DeliveryCommand.Get, _ connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) -> DeliveryData {
        guard self.lines[connection]?.gets.take(now: now) ?? false else { throw .rate }
        if get.what == .descriptors {
            guard let descriptor = self.meeting.descriptor else { throw .gone }
            return .descriptors(
                meeting: descriptor.bytes, lobby: self.meeting.lobbyDescriptor,
                certificate: self.meeting.certificates[get.hash] ?? [])
        }
        // Who may not know gets one answer, whether there is a group or not.
        // Whoever comes in does not know yet how the meeting's own group is called.
        let id = get.group.bytes.isEmpty ? self.main : get.group
        let leaf = id.flatMap { self.groups[$0]?.leaves[connection] }
        let isWelcome = id != nil && self.lines[connection]?.admission?.group == id
        guard leaf != nil || isWelcome || self.mayJoin(connection) else { throw .denied }
        guard let id, let group = self.groups[id] else { throw .unknownGroup }
        switch get.what {
        case .descriptors, .groupInfo: return .groupInfo(group.roster.groupInfo)
        case .tree:
            guard let shot = group.roster.snapshot, shot.seq >= group.log.trimmedThrough else { throw .gone }
            return .tree(epoch: shot.epoch, seq: shot.seq, tree: shot.tree, groupInfo: shot.groupInfo)
        case .log:
            let member = leaf.flatMap { leaf in group.roster.seats[leaf].map { (leaf, $0.since) } }
            guard let part = group.log.part(from: max(1, get.from), last: group.seq, member: member) else {
                throw .gone
            }
            return .log(next: part.next, last: group.seq, entries: part.lines)
        case .keyPackages:
            // Only who may add somebody needs them, and they are used up.
            guard let leaf, !group.rights(of: leaf).isDisjoint(with: [.admit, .breakout]) else { throw .denied }
            guard let owner = UInt32(exactly: get.from).flatMap({ group.bindings[LeafIndex($0)]?.connection }),
                let packages = self.lines[owner]?.keyPackages, !packages.isEmpty
            else { throw .gone }
            // Used once: whoever took them adds their owner, or asks for new ones.
            self.lines[owner]?.keyPackages = []
            return .keyPackages(packages)
        }
    }
}
