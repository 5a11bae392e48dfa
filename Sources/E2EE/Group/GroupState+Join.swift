internal import Wire

extension GroupState {
    /// Joins by Welcome (RFC 9420 §12.4.3.1). `tree` is for Welcomes that do not bring one; `origin` is the group that a
    /// Welcome of a ReInit or branch continues.
    static func joining(
        _ welcome: Welcome, _ own: OwnKeyPackage, tree apart: RatchetTree?, _ preSharedKeys: PreSharedKeys,
        origin: GroupOrigin?, traffic: GroupTraffic, _ crypto: SuiteCrypto<Crypto>
    ) throws(E2EEError) -> GroupState {
        let opener = WelcomeOpener(crypto: crypto)
        let secrets = try opener.secrets(welcome, for: own.keyPackage, initKey: own.initKey.secret)
        let pskSecret = try PSKSecret(crypto: crypto).combine(
            try self.inputs(secrets.psks, preSharedKeys, origin, crypto))
        let schedule = KeySchedule(crypto: crypto)
        guard secrets.joinerSecret.secret.count == crypto.hashByteCount else { throw E2EEError(.validation, .length) }
        let member = schedule.memberSecret(joinerSecret: secrets.joinerSecret.secret, pskSecret: pskSecret)
        let info = try opener.groupInfo(welcome, memberSecret: member)
        let context = info.groupContext
        var tree = try self.verifiedTree(info, apart, crypto)
        let ownLeaf = tree.members.first { tree.leaf($0) == own.keyPackage.leafNode }
        guard let ownLeaf else { throw E2EEError(.validation, .unknown) }

        var keys = PathKeys(leaf: ownLeaf)
        keys.set(2 * Int(ownLeaf), publicKey: own.keyPackage.leafNode.encryptionKey, own.encryptionKey)
        if let pathSecret = secrets.pathSecret {
            try self.follow(pathSecret, from: info.signer, in: &tree, &keys, crypto)
        }
        let epoch = schedule.epoch(memberSecret: member, context)
        let tag = crypto.mac(epoch.confirmation.secret, context.confirmedTranscriptHash)
        guard equalInConstantTime(tag, info.confirmationTag) else { throw E2EEError(.validation, .tag) }
        try origin?.check(info, tree, secrets.psks)
        return try GroupState(
            crypto, context: context, tree: tree, keys: keys, identity: own.identity, secrets: epoch, tag: tag,
            traffic: traffic)
    }

    /// A tree that belongs to a GroupInfo and is sound in every node, from the GroupInfo itself or from elsewhere. One of the
    /// two, for whoever brings a tree has looked at it: another one in the GroupInfo would be joined unseen.
    static func verifiedTree(
        _ info: GroupInfo, _ apart: RatchetTree?, _ crypto: SuiteCrypto<Crypto>
    ) throws(E2EEError) -> RatchetTree {
        let context = info.groupContext
        guard context.cipherSuite == crypto.suite.rawValue else { throw E2EEError(.validation, .unsupported) }
        let extensions = ExtensionList(info.extensions)
        guard extensions.hasNoDuplicates else { throw E2EEError(.validation, .extensions) }
        try ExtensionList(context.extensions).checkGroupContext()
        var tree: RatchetTree
        switch (extensions[ExtensionList.Number.ratchetTree], apart) {
        case (let data?, nil): tree = try RatchetTree(decoding: data)
        case (nil, let apart?): tree = apart
        case (_?, _?): throw E2EEError(.validation, .extensions)
        case (nil, nil): throw E2EEError(.usage, .tree)
        }
        guard tree.treeHash(crypto) == context.treeHash else { throw E2EEError(.validation, .treeHash) }
        guard let signer = tree.leaf(info.signer), info.isSigned(by: signer.signatureKey, crypto) else {
            throw E2EEError(.validation, .signature)
        }
        try tree.checkParents()
        try tree.checkKeys(crypto)
        guard tree.hasValidParentHashes(crypto) else { throw E2EEError(.validation, .parentHash) }
        try tree.checkSignatures(groupID: context.groupID, crypto)
        try tree.checkCapabilities(ExtensionList(context.extensions), suite: context.cipherSuite)
        return tree
    }

    /// The keys of a Welcome. At most one of them resumes another group (§12.4.3.1), and then the caller knows which.
    private static func inputs(
        _ names: [PreSharedKeyID], _ keys: PreSharedKeys, _ origin: GroupOrigin?, _ crypto: SuiteCrypto<Crypto>
    ) throws(E2EEError) -> [PSKSecret<Crypto>.Input] {
        var inputs: [PSKSecret<Crypto>.Input] = []
        var resumed = 0
        for id in names {
            guard id.nonce.count == crypto.hashByteCount else { throw E2EEError(.validation, .preSharedKey) }
            var found = keys.key(id.name)
            if case .resumption(let usage, let groupID, let epoch) = id.name, usage != .application {
                resumed += 1
                guard let origin, origin.purpose.usage == usage, origin.groupID == groupID, origin.epoch == epoch
                else { throw E2EEError(.validation, .preSharedKey) }
                found = origin.key
            }
            guard let found else { throw E2EEError(.validation, .preSharedKey) }
            inputs.append(PSKSecret.Input(id: id, key: found))
        }
        guard resumed == (origin == nil ? 0 : 1) else { throw E2EEError(.validation, .preSharedKey) }
        return inputs
    }

    /// The private keys above our leaf that the Commit of our Add made, from the lowest one shared with its sender.
    private static func follow(
        _ shared: PathSecret, from signer: UInt32, in tree: inout RatchetTree, _ keys: inout PathKeys,
        _ crypto: SuiteCrypto<Crypto>
    ) throws(E2EEError) {
        guard signer != keys.leaf, shared.pathSecret.secret.count == crypto.hashByteCount else {
            throw E2EEError(.validation, .updatePath)
        }
        let chain = PathSecrets(crypto: crypto)
        var secret = shared.pathSecret.secret.duplicate()
        let above = TreeMath.directPath(2 * Int(keys.leaf), leaves: tree.leafCount)
            .drop { !TreeMath.leaves(under: $0).contains(signer) }
        for (index, node) in above.enumerated() {
            guard let parent = tree.parent(node) else {
                // The lowest shared node was just set; blanks above it have nobody on their other side.
                if index == 0 { throw E2EEError(.validation, .updatePath) }
                continue
            }
            let pair = try chain.keyPair(secret)
            guard pair.bytes == parent.encryptionKey else { throw E2EEError(.validation, .updatePath, leaf: signer) }
            keys.set(node, pair)
            secret = chain.next(secret)
        }
    }
}
