/// A member's whole view of one epoch. A value, so that a Commit can be tried on a copy; secrets are held by reference,
/// so that a copy does not multiply them.
struct GroupState<Crypto: CryptoProvider>: Sendable {
    let crypto: SuiteCrypto<Crypto>
    let traffic: GroupTraffic
    var context: GroupContext
    var tree: RatchetTree
    var keys: PathKeys
    var identity: LeafIdentity
    var secrets: EpochSecrets
    var secretTree: SecretTree
    var interimTranscriptHash: [UInt8]
    /// Of the Commit that started this epoch.
    var confirmationTag: [UInt8]
    /// Proposals of this epoch, in the order they came.
    var proposals: [ResolvedProposal] = []
    /// Resumption PSKs of this epoch and the last few before.
    var resumption = PreSharedKeys()
    /// Set when the last Commit closed the group.
    var reInit: ReInit?
    /// Of an epoch that was kept, or followed from there without a Commit of our own: nothing is sealed in it, for an engine
    /// that is gone may have done so (`e2ee.md` 13).
    var isReplayed = false

    /// How many epochs back a resumption PSK is kept (`e2ee.md` 13, Deletion).
    static var resumptionEpochs: UInt64 { 4 }

    var ownLeaf: UInt32 { self.keys.leaf }
    var epochAuthenticator: [UInt8] { self.secrets.authenticator?.secret.copied() ?? [] }
    var sealer: MessageSealer<Crypto> { MessageSealer(crypto: self.crypto, context: self.context) }

    /// The state at the start of an epoch. The encryption secret becomes the secret tree here and nowhere else.
    init(
        _ crypto: SuiteCrypto<Crypto>, context: GroupContext, tree: RatchetTree, keys: PathKeys, identity: LeafIdentity,
        secrets: EpochSecrets, tag: [UInt8], traffic: GroupTraffic, resumption: PreSharedKeys = PreSharedKeys()
    ) throws(E2EEError) {
        guard let encryption = secrets.encryption else { throw E2EEError(.usage, .wornOut) }
        self.crypto = crypto
        self.traffic = traffic
        self.context = context
        self.tree = tree
        self.keys = keys
        self.identity = identity
        self.secrets = secrets
        self.secrets.encryption = nil
        self.secretTree = SecretTree(encryption, leafCount: tree.leafCount)
        self.confirmationTag = tag
        self.interimTranscriptHash = Transcript(crypto: crypto).interim(
            after: context.confirmedTranscriptHash, tag: tag)
        self.resumption = resumption
        self.resumption.set(resumption: context.groupID, epoch: context.epoch, secrets.resumption)
        self.resumption.forget(before: context.epoch - min(context.epoch, Self.resumptionEpochs - 1))
    }

    /// The keys that go into an epoch, from the caller's and our own of past epochs.
    func inputs(
        _ names: [PreSharedKeyID], _ keys: PreSharedKeys
    ) throws(E2EEError) -> [PSKSecret<Crypto>.Input] {
        var inputs: [PSKSecret<Crypto>.Input] = []
        for id in names {
            guard let key = self.resumption.key(id.name) ?? keys.key(id.name) else {
                throw E2EEError(.validation, .preSharedKey)
            }
            inputs.append(PSKSecret.Input(id: id, key: key))
        }
        return inputs
    }

    /// Replaces references by the proposals they stand for.
    func resolve(_ commit: Commit, by committer: Sender) throws(E2EEError) -> [ResolvedProposal] {
        var items: [ResolvedProposal] = []
        for entry in commit.proposals {
            switch entry {
            case .proposal(let proposal):
                items.append(
                    ResolvedProposal(proposal: proposal, sender: committer, reference: nil, authenticatedData: []))
            case .reference(let reference):
                guard let item = self.proposals.first(where: { $0.reference == reference }) else {
                    throw E2EEError(.validation, .unknown)
                }
                items.append(item)
            }
        }
        return items
    }

    /// The signature key a message has to be signed with (§6.1).
    func signatureKey(of content: FramedContent) throws(E2EEError) -> [UInt8] {
        switch (content.sender, content.content) {
        case (.member(let leaf), _):
            guard let member = self.tree.leaf(leaf) else { throw E2EEError(.validation, .sender) }
            return member.signatureKey
        case (.external(let index), .proposal(let proposal)):
            let senders = try ExtensionList(self.context.extensions).externalSenders()
            guard proposal.type.isExternal, index < UInt32(senders.count) else { throw E2EEError(.validation, .sender) }
            return senders[Int(index)].signatureKey
        case (.newMemberProposal, .proposal(.add(let add))): return add.keyPackage.leafNode.signatureKey
        case (.newMemberCommit, .commit(let commit)):
            guard let path = commit.path else { throw E2EEError(.validation, .pathShape) }
            return path.leafNode.signatureKey
        default: throw E2EEError(.validation, .sender)
        }
    }
}
