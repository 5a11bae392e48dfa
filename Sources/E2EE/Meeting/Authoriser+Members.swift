/// Rules R and C of `e2ee.md` 4.2: who removes whom, and what a committer's own leaf may become.
extension Authoriser {
    /// R: a co-host removes participants and services, a host anyone; and nobody is removed while the door is open,
    /// because they would be back at once.
    func checkRemoval(
        _ item: ResolvedProposal, _ policy: MeetingPolicy, _ committer: Committer
    ) throws(FaultCode) {
        guard case .remove(let remove) = item.proposal, case .member(let own, let standing, _) = committer,
            ProposalOrigin(item) == .value
        else { return }
        guard remove.removed != own.index, let target = self.epoch.occupant(remove.removed) else { throw .rank }
        let rank = self.standings.standing(of: target).role.rank ?? 0
        let cohost = 2
        guard standing.role == .host || rank < cohost else { throw .rank }
        guard target.isService || (policy.admission != .open && policy.admission != .members) else { throw .door }
    }

    /// C: a member stays who it was. A valid chain may be added or replaced, but a service stays what it is.
    func checkPathLeaf(
        _ leafNode: LeafNode, _ committer: Committer, _ remaining: [Occupant], _ newcomers: [NewLeaf],
        _ policy: MeetingPolicy
    ) throws(FaultCode) {
        guard case .member(let own, _, _) = committer else { return }
        guard leafNode.signatureKey == own.key, leafNode.credential == own.leafNode.credential,
            let before = own.profile, let after = BeraadLeaf(of: leafNode)
        else { throw .identity }
        guard MeetingProfile.covers(leafNode.capabilities) else { throw .leafProfile }
        guard after != before else { return }
        var expected = before
        expected.chain = after.chain
        guard after == expected, before.service == nil, let chain = after.chain else { throw .identity }
        guard chain.role?.isService == false, ChainRule(policy, self.crypto).isValid(chain, for: own.key) else {
            throw .chain
        }
        // J2 for the new chain, beside those who stay and those who come by this same Commit.
        guard let person = chain.personKey else { return }
        let others =
            remaining.filter { $0.index != own.index }.map { $0.profile }
            + newcomers.map { BeraadLeaf(of: $0.leafNode) }
        guard !others.contains(where: { $0?.chain?.personKey == person }) else { throw .leafDuplicate }
    }
}
