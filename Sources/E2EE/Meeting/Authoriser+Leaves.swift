/// Rules J of `e2ee.md` 4.2: what a new leaf must be.
extension Authoriser {
    func checkNewcomers(
        _ newcomers: [NewLeaf], _ remaining: [Occupant], _ leaving: [Occupant], _ policy: MeetingPolicy,
        _ committer: Committer, replacing replaced: Occupant?
    ) throws(FaultCode) {
        guard !newcomers.isEmpty else { return }
        var taken = TakenNames(remaining)
        // Those who are in already: a newcomer could name itself, and would never be left by its owner.
        let owners = Set(remaining.map { $0.key })
        let rule = ChainRule(policy, self.crypto)
        let door = Door(policy, rule, passGeneration: self.epoch.policy.passGeneration, self.standings)
        for leaf in newcomers {
            let profile = try MeetingProfile.check(leaf.leafNode, suite: leaf.suite, policy.descriptor)
            guard profile.clientVersion >= policy.descriptor.minClient else { throw .leafProfile }
            guard taken.claim(leaf.leafNode, profile) else { throw .leafDuplicate }
            guard !policy.isOut(leaf.leafNode.signatureKey) else { throw .leafRevoked }
            if let chain = profile.chain {
                guard rule.isValid(chain, for: leaf.leafNode.signatureKey) else { throw .chain }
            }
            try self.checkService(profile, leaf.origin, policy, committer, owners)
            // A key that goes and comes in one Commit comes as what it was: nobody was asked about anything else. A resync has its own
            // row at the door.
            if leaf.origin != .external(.resync),
                leaving.contains(where: {
                    $0.key == leaf.leafNode.signatureKey && $0.profile?.service != profile.service
                })
            {
                throw .service
            }
            try door.check(leaf, profile, committer, replacing: replaced)
        }
        let room = min(policy.descriptor.membersMax, MeetingDescriptor.membersLimit)
        guard remaining.count + newcomers.count <= Int(room) else { throw .leafFull }
    }

    /// J4, second half, and J5. In a session for two there is none, whatever its descriptor names (`docs/decisions/0014`).
    private func checkService(
        _ profile: BeraadLeaf, _ origin: NewLeaf.Origin, _ policy: MeetingPolicy, _ committer: Committer,
        _ owners: Set<[UInt8]>
    ) throws(FaultCode) {
        let certified = (profile.chain?.role).flatMap { $0.isService ? $0 : nil }
        guard certified == profile.service?.role else { throw .service }
        guard let service = profile.service, let bit = service.role.service, origin != .external(.resync) else {
            return
        }
        guard origin == .value, committer.standing.rights.contains(.services), policy.services.contains(bit),
            policy.descriptor.servicesMax.contains(bit), !policy.descriptor.isForTwo,
            owners.contains(service.ownerKey)
        else { throw .service }
    }
}
