/// The Commits that ended our last epochs, so that a second one for the same epoch is known for what it is: two truths, of
/// which a server shows different people different ones (`e2ee.md` 11). Somebody who sat in that epoch signed the second
/// one; whether it would have been followed cannot be told any more, for the secrets of the epoch are gone. Nor is its
/// author to blame: whoever gets no answer commits once more.
struct ForkWatch: Sendable {
    private struct Ended: Sendable {
        let context: GroupContext
        /// Signature keys of everybody who was in, by leaf.
        let keys: [UInt32: [UInt8]]
        /// Hash of what the Commit says. Tags are not in it: anybody can write another one beside the same words.
        let commit: [UInt8]
    }

    private var ended: [Ended] = []

    /// As many epochs as the id of a frame's key tells apart.
    static var epochsMax: Int { 8 }

    /// A Commit ended an epoch.
    mutating func end<Crypto: CryptoProvider>(
        _ context: GroupContext, _ place: Place<Crypto>, by commit: FramedContent, _ crypto: Crypto
    ) {
        // Embedded Swift has no dictionary out of a sequence.
        var keys: [UInt32: [UInt8]] = [:]
        for occupant in place.meeting.occupants { keys[occupant.index] = occupant.key }
        self.ended.append(
            Ended(context: context, keys: keys, commit: Labelled<Crypto>.sha256(crypto, commit.encoded)))
        if self.ended.count > Self.epochsMax { self.ended.removeFirst() }
    }

    /// Whether this is a second Commit for an epoch that is over; not when it is the one we know, or nobody's at all.
    func isSecond<Crypto: CryptoProvider>(_ message: PublicMessage, _ crypto: Crypto) -> Bool {
        guard case .commit = message.content.content, case .member(let leaf) = message.content.sender,
            let ended = self.ended.last(where: { $0.context.epoch == message.content.epoch }),
            message.content.groupID == ended.context.groupID, let key = ended.keys[leaf],
            Labelled<Crypto>.sha256(crypto, message.content.encoded) != ended.commit
        else { return false }
        let suite = SuiteCrypto(suite: MeetingProfile.suite, provider: crypto)
        return MessageSealer(crypto: suite, context: ended.context).isSigned(message.authenticated, by: key)
    }
}
