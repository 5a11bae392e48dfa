/// The step from one epoch's secrets to the next, the same for committer, member and joiner (RFC 9420 §8).
struct GroupEpoch<Crypto: CryptoProvider>: Sendable {
    let crypto: SuiteCrypto<Crypto>

    /// Continues the transcript with a signed Commit, fills the hash into `context`, and derives the epoch.
    func advance(
        _ message: AuthenticatedContent, _ context: inout GroupContext, interim: [UInt8],
        commitSecret: borrowing Secret, initSecret: borrowing Secret, pskSecret: borrowing Secret
    ) -> GroupState<Crypto>.Advance {
        context.confirmedTranscriptHash = Transcript(crypto: self.crypto).confirmed(after: interim, message)
        let schedule = KeySchedule(crypto: self.crypto)
        let joiner = schedule.joinerSecret(initSecret: initSecret, commitSecret: commitSecret, context)
        let member = schedule.memberSecret(joinerSecret: joiner, pskSecret: pskSecret)
        let secrets = schedule.epoch(memberSecret: member, context)
        let tag = self.crypto.mac(secrets.confirmation.secret, context.confirmedTranscriptHash)
        return GroupState<Crypto>.Advance(secrets: secrets, joinerSecret: joiner, memberSecret: member, tag: tag)
    }
}
