/// Rule G of `e2ee.md` 4.2: which policy may follow which.
extension Authoriser {
    /// Pe: the new policy when the Commit brings one and it may follow, else the old one.
    func newPolicy(_ commit: CommitFacts, _ committer: Committer) throws(FaultCode) -> MeetingPolicy {
        let old = self.epoch.policy
        guard let extensions = commit.extensions else { return old }
        let before = self.epoch.extensions
        guard extensions.count == 3, extensions[0] == before[0], extensions[1] == before[1],
            extensions[2].type == MeetingProfile.policyExtension
        else { throw .policy }
        guard extensions[2].data.count <= MeetingPolicy.byteCountMax else { throw .limit }
        guard let new = MeetingPolicy(read: extensions[2].data) else { throw .policy }
        guard old.revision < UInt32.max, new.revision == old.revision + 1, new.parentGroup == old.parentGroup,
            new.parentEpoch == old.parentEpoch, new.flags.fixed == old.flags.fixed,
            new.passGeneration >= old.passGeneration
        else { throw .policy }
        try self.checkDescriptor(new.descriptor)
        guard new.features.isSubset(of: new.descriptor.featuresMax),
            new.services.isSubset(of: new.descriptor.servicesMax)
        else { throw .policy }
        try self.checkRevocations(new, committer)
        if new.roles != old.roles {
            guard committer.standing.role == .host else { throw .rank }
        }
        let rule = ChainRule(new, self.crypto)
        for chain in new.roles {
            guard let leaf = chain.subjectKey, rule.isValid(chain, for: leaf) else { throw .chain }
        }
        try self.checkComparing(new, commit)
        return new
    }

    /// The same descriptor, or a later one that widens nothing the invitation closed.
    private func checkDescriptor(_ new: MeetingDescriptor) throws(FaultCode) {
        let old = self.epoch.policy.descriptor
        guard new != old else { return }
        guard new.revision > old.revision, new.instance == old.instance, new.authorityKey == old.authorityKey,
            new.cipherSuite == old.cipherSuite, new.servicesMax.isSubset(of: old.servicesMax),
            new.featuresMax.isSubset(of: old.featuresMax), new.flags.fixed == old.flags.fixed,
            // A session for two is one from its invitation on, and stays one (`docs/decisions/0014`).
            old.isForTwo == new.isForTwo, !old.isForTwo || new.membersMax <= old.membersMax,
            new.isSigned(by: old.authorityKey, self.crypto)
        else { throw .policy }
        guard new.membersMax <= MeetingDescriptor.membersLimit else { throw .limit }
    }

    /// The list only grows, but for `out` entries when the passes are renewed; and nobody below a host revokes a host.
    private func checkRevocations(_ new: MeetingPolicy, _ committer: Committer) throws(FaultCode) {
        let old = self.epoch.policy
        let kept = Set(new.revoked)
        guard kept.count == new.revoked.count else { throw .policy }
        for entry in old.revoked where !kept.contains(entry) {
            guard entry.scope == .out, new.passGeneration > old.passGeneration else { throw .policy }
        }
        guard committer.standing.role != .host else { return }
        let before = Set(old.revoked)
        for entry in new.revoked where !before.contains(entry) {
            guard !self.standings.isHostKey(entry.key) else { throw .rank }
        }
    }

    /// A change of `comparing` is the only change, and stands alone.
    private func checkComparing(_ new: MeetingPolicy, _ commit: CommitFacts) throws(FaultCode) {
        let old = self.epoch.policy
        guard new.flags.contains(.comparing) != old.flags.contains(.comparing) else { return }
        var expected = old
        expected.revision = new.revision
        expected.flags.formSymmetricDifference(.comparing)
        guard new == expected, commit.proposals.count == 1 else { throw .policy }
    }

    /// No service stays whose sort is switched off, and none has a role of people's by the policy.
    func checkServices(
        _ newcomers: [NewLeaf], _ remaining: [Occupant], _ policy: MeetingPolicy, isChanged: Bool
    ) throws(FaultCode) {
        guard isChanged || !newcomers.isEmpty else { return }
        let keys = Set(policy.roles.compactMap { $0.subjectKey })
        let leaves =
            remaining.map { ($0.key, $0.profile) }
            + newcomers.map { ($0.leafNode.signatureKey, BeraadLeaf(of: $0.leafNode)) }
        for (key, profile) in leaves {
            guard let bit = profile?.service?.role.service else { continue }
            guard policy.services.contains(bit), !keys.contains(key) else { throw .service }
        }
    }
}
