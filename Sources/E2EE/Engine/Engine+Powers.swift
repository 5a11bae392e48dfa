/// What the delivery service lets co-hosts do (`docs/decisions/0011`): it believes the chain that they showed, and reads no
/// policy by which it ended.
extension Engine {
    /// Tells it right before a Commit of ours takes somebody's role back. A Commit that has to be made anew says it again;
    /// when it is given up in the end the service goes on without them, and the host hears that it was refused.
    mutating func withdrawPowers(by report: CommitReport, _ place: Place<Crypto>) {
        guard place.own.role == .host, let policy = MeetingProfile.policy(in: report.context.extensions) else { return }
        for chain in place.policy.roles where !policy.roles.contains(chain) {
            // A key of their own is named only where the group revokes it too, or they could not be a co-host again.
            guard let key = CohostChain.revocable(chain, among: place.meeting.occupants),
                key != chain.subjectKey || policy.isRevoked(key)
            else { continue }
            self.send(.withdraw(key))
        }
    }
}
