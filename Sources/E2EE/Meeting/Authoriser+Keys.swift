/// Rule P of `e2ee.md` 4.2: everybody who comes in proves the link, Welcomes included.
extension Authoriser {
    func checkPreSharedKeys(_ commit: CommitFacts, _ policy: MeetingPolicy) throws(FaultCode) {
        let adds = !commit.added.isEmpty || commit.sender == .newMemberCommit
        let keys = commit.preSharedKeys
        guard adds else {
            guard keys.isEmpty else { throw .psk }
            return
        }
        let invite = PreSharedKeyID.Name.external(self.epoch.policy.inviteID)
        guard policy.inviteID == self.epoch.policy.inviteID else { throw .psk }
        guard keys.allSatisfy({ $0.nonce.count == 32 }) else { throw .psk }
        // The first Commit of a room also proves the main meeting (`e2ee.md` 4.5).
        let old = self.epoch.policy
        let isFirstOfRoom = self.epoch.number == 0 && !old.parentGroup.isEmpty && commit.sender != .newMemberCommit
        let branch = PreSharedKeyID.Name.resumption(.branch, groupID: old.parentGroup, epoch: old.parentEpoch)
        guard keys.map({ $0.name }) == (isFirstOfRoom ? [branch, invite] : [invite]) else { throw .psk }
    }
}
