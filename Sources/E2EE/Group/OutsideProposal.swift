/// Proposals from outside the group (RFC 9420 §12.1.8): always PublicMessages, and without the group's context, which
/// their senders do not know.
package enum OutsideProposal {
    /// A proposal by the external sender at `index` of the extension `external_senders`.
    package static func external<Crypto: CryptoProvider>(
        _ proposal: Proposal, index: UInt32, groupID: [UInt8], epoch: UInt64, suite: GroupSuite,
        signatureKey: borrowing Secret, authenticatedData: [UInt8] = [], _ provider: Crypto
    ) throws(E2EEError) -> MLSMessage {
        guard proposal.type.isExternal else { throw E2EEError(.usage, .sender) }
        return try self.message(
            proposal, .external(index), groupID, epoch, SuiteCrypto(suite: suite, provider: provider), signatureKey,
            authenticatedData)
    }

    /// A joiner's proposal to add itself.
    package static func newMember<Crypto: CryptoProvider>(
        _ own: OwnKeyPackage, groupID: [UInt8], epoch: UInt64, authenticatedData: [UInt8] = [], _ provider: Crypto
    ) throws(E2EEError) -> MLSMessage {
        try self.message(
            .add(Add(keyPackage: own.keyPackage)), .newMemberProposal, groupID, epoch,
            try Group.crypto(own.keyPackage.cipherSuite, provider), own.identity.signatureKey.secret,
            authenticatedData)
    }

    private static func message<Crypto: CryptoProvider>(
        _ proposal: Proposal, _ sender: Sender, _ groupID: [UInt8], _ epoch: UInt64, _ crypto: SuiteCrypto<Crypto>,
        _ signatureKey: borrowing Secret, _ authenticatedData: [UInt8]
    ) throws(E2EEError) -> MLSMessage {
        let content = FramedContent(
            groupID: groupID, epoch: epoch, sender: sender, authenticatedData: authenticatedData,
            content: .proposal(proposal))
        // Of the context only the number of the suite matters here, and not even that is signed.
        let context = GroupContext(
            cipherSuite: crypto.suite.rawValue, groupID: groupID, epoch: epoch, treeHash: [],
            confirmedTranscriptHash: [], extensions: [])
        let signed = try MessageSealer(crypto: crypto, context: context).sign(content, .publicMessage, signatureKey)
        return .publicMessage(PublicMessage(content: signed.content, auth: signed.auth, membershipTag: nil))
    }
}
