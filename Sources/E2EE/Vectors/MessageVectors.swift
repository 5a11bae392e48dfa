/// `message-protection` and `welcome`.
struct MessageVectors<Crypto: CryptoProvider> {
    private let vector: VectorValue
    private let crypto: SuiteCrypto<Crypto>

    init(_ vector: VectorValue, _ provider: Crypto) throws(E2EEError) {
        self.vector = vector
        self.crypto = SuiteCrypto(suite: try vector.suite(), provider: provider)
    }

    func protection() throws(E2EEError) -> VectorOutcome {
        guard self.crypto.isComplete else { return .skipped }
        let proposal = try Proposal(decoding: try self.vector.bytes("proposal"))
        let commit = try Commit(decoding: try self.vector.bytes("commit"))
        let application = try self.vector.bytes("application")
        guard try self.open("proposal_pub") == .proposal(proposal),
            try self.open("proposal_priv") == .proposal(proposal),
            try self.open("commit_pub") == .commit(commit), try self.open("commit_priv") == .commit(commit),
            try self.open("application_priv") == .application(application),
            try self.roundTrip(.proposal(proposal), .publicMessage),
            try self.roundTrip(.proposal(proposal), .privateMessage),
            try self.roundTrip(.commit(commit), .publicMessage),
            try self.roundTrip(.commit(commit), .privateMessage),
            try self.roundTrip(.application(application), .privateMessage)
        else { return .fails }
        return .holds
    }

    private func sealer() throws(E2EEError) -> MessageSealer<Crypto> {
        let context = GroupContext(
            cipherSuite: self.crypto.suite.rawValue, groupID: try self.vector.bytes("group_id"),
            epoch: try self.vector.number("epoch"), treeHash: try self.vector.bytes("tree_hash"),
            confirmedTranscriptHash: try self.vector.bytes("confirmed_transcript_hash"), extensions: [])
        return MessageSealer(crypto: self.crypto, context: context)
    }

    private func open(_ name: StaticString) throws(E2EEError) -> Content? {
        try self.open(try MLSMessage(decoding: try self.vector.bytes(name)))
    }

    /// The content of a message by the member at leaf 1 of two.
    private func open(_ message: MLSMessage) throws(E2EEError) -> Content? {
        let sealer = try self.sealer()
        let content: AuthenticatedContent
        switch message {
        case .publicMessage(let message):
            content = try sealer.open(message, membership: try self.vector.secret("membership_key").secret)
        case .privateMessage(let message):
            let data = try sealer.senderData(of: message, try self.vector.secret("sender_data_secret").secret)
            var tree = SecretTree(try self.vector.secret("encryption_secret"), leafCount: 2)
            let key = try tree.take(data.leafIndex, message.contentType, data.generation, self.crypto)
            content = try sealer.open(message, data, key)
        default: return nil
        }
        guard content.content.sender == .member(1),
            sealer.isSigned(content, by: try self.vector.bytes("signature_pub"))
        else { return nil }
        return content.content.content
    }

    private func roundTrip(_ content: Content, _ wireFormat: WireFormat) throws(E2EEError) -> Bool {
        let sealer = try self.sealer()
        let framed = FramedContent(
            groupID: sealer.context.groupID, epoch: sealer.context.epoch, sender: .member(1),
            authenticatedData: [1, 2, 3], content: content)
        var signed = try sealer.sign(
            framed, wireFormat, try self.vector.scalar("signature_priv", self.crypto.suite).secret)
        if content.type == .commit { signed.auth.confirmationTag = [4, 5, 6] }
        if wireFormat == .publicMessage {
            let sealed = sealer.seal(public: signed, membership: try self.vector.secret("membership_key").secret)
            return try self.open(.publicMessage(sealed)) == content
        }
        var tree = SecretTree(try self.vector.secret("encryption_secret"), leafCount: 2)
        let (generation, key) = try tree.next(1, content.type, self.crypto)
        let sealed = try sealer.seal(
            private: signed, leaf: 1, generation: generation, key,
            senderData: try self.vector.secret("sender_data_secret").secret, .buckets)
        return try self.open(.privateMessage(sealed)) == content
    }

    func welcome() throws(E2EEError) -> VectorOutcome {
        guard self.crypto.isComplete else { return .skipped }
        guard case .keyPackage(let package) = try MLSMessage(decoding: try self.vector.bytes("key_package")),
            case .welcome(let welcome) = try MLSMessage(decoding: try self.vector.bytes("welcome"))
        else { return .fails }
        let opener = WelcomeOpener(crypto: self.crypto)
        let initKey = try self.vector.secret("init_priv")
        let secrets = try opener.secrets(welcome, for: package, initKey: initKey.secret)
        let member = KeySchedule(crypto: self.crypto).memberSecret(
            joinerSecret: secrets.joinerSecret.secret, pskSecret: self.crypto.zeros)
        let info = try opener.groupInfo(welcome, memberSecret: member)
        guard info.isSigned(by: try self.vector.bytes("signer_pub"), self.crypto) else { return .fails }
        let epoch = KeySchedule(crypto: self.crypto).epoch(memberSecret: member, info.groupContext)
        let tag = self.crypto.mac(epoch.confirmation.secret, info.groupContext.confirmedTranscriptHash)
        return tag == info.confirmationTag ? .holds : .fails
    }
}
