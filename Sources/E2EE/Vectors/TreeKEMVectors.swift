/// `treekem`: every member follows every path, and a path of our own is followed by every member.
struct TreeKEMVectors<Crypto: CryptoProvider> {
    private struct Member {
        let keys: PathKeys
        let signatureKey: HeldSecret
    }

    private let vector: VectorValue
    private let crypto: SuiteCrypto<Crypto>

    init(_ vector: VectorValue, _ provider: Crypto) throws(E2EEError) {
        self.vector = vector
        self.crypto = SuiteCrypto(suite: try vector.suite(), provider: provider)
    }

    func treeKEM() throws(E2EEError) -> VectorOutcome {
        guard self.crypto.isComplete else { return .skipped }
        let tree = try RatchetTree(decoding: try self.vector.bytes("ratchet_tree"))
        let members = try self.members(tree)
        guard members.allSatisfy({ $0.keys.isConsistent(tree, self.crypto) }) else { return .fails }
        for update in try self.vector.list("update_paths") {
            guard try self.follow(update, tree, members), try self.build(update, tree, members) else { return .fails }
        }
        return .holds
    }

    private func members(_ tree: RatchetTree) throws(E2EEError) -> [Member] {
        var members: [Member] = []
        let chain = PathSecrets(crypto: self.crypto)
        for leaf in try self.vector.list("leaves_private") {
            let index = UInt32(truncatingIfNeeded: try leaf.number("index"))
            guard let node = tree.leaf(index) else { throw E2EEError(.usage, .malformed) }
            var keys = PathKeys(leaf: index)
            keys.set(2 * Int(index), publicKey: node.encryptionKey, try leaf.secret("encryption_priv"))
            for secret in try leaf.list("path_secrets") {
                keys.set(
                    Int(truncatingIfNeeded: try secret.number("node")),
                    try chain.keyPair(try secret.secret("path_secret").secret))
            }
            members.append(Member(keys: keys, signatureKey: try leaf.scalar("signature_priv", self.crypto.suite)))
        }
        return members
    }

    private func context(_ treeHash: [UInt8]) throws(E2EEError) -> GroupContext {
        GroupContext(
            cipherSuite: self.crypto.suite.rawValue, groupID: try self.vector.bytes("group_id"),
            epoch: try self.vector.number("epoch"), treeHash: treeHash,
            confirmedTranscriptHash: try self.vector.bytes("confirmed_transcript_hash"), extensions: [])
    }

    private func follow(
        _ update: VectorValue, _ tree: RatchetTree, _ members: [Member]
    ) throws(E2EEError) -> Bool {
        let sender = UInt32(truncatingIfNeeded: try update.number("sender"))
        let path = try UpdatePath(decoding: try update.bytes("update_path"))
        let place = LeafPlace(groupID: try self.vector.bytes("group_id"), leaf: sender)
        guard path.leafNode.isSigned(place, self.crypto) else { return false }
        let follower = PathFollower(crypto: self.crypto)
        var tree = tree
        try follower.merge(path, from: sender, into: &tree)
        guard tree.treeHash(self.crypto) == (try update.bytes("tree_hash_after")) else { return false }
        let context = try self.context(tree.treeHash(self.crypto))
        let secrets = try update.list("path_secrets")
        for member in members where member.keys.leaf != sender {
            let outcome = try follower.follow(
                path, from: sender, in: tree, without: [], keys: member.keys, context)
            let expected = try secrets[Int(member.keys.leaf)].asBytes()
            guard outcome.pathSecret == Secret(copying: expected.span),
                outcome.commitSecret == (try update.secret("commit_secret").secret),
                outcome.keys.isConsistent(tree, self.crypto)
            else { return false }
        }
        return true
    }

    private func build(
        _ update: VectorValue, _ tree: RatchetTree, _ members: [Member]
    ) throws(E2EEError) -> Bool {
        let sender = UInt32(truncatingIfNeeded: try update.number("sender"))
        guard let committer = members.first(where: { $0.keys.leaf == sender }), let leafNode = tree.leaf(sender)
        else { return false }
        let place = LeafPlace(groupID: try self.vector.bytes("group_id"), leaf: sender)
        var built = tree
        let builder = try PathBuilder(
            &built, place: place, leafNode, signatureKey: committer.signatureKey.secret, keys: committer.keys,
            self.crypto)
        let context = try self.context(built.treeHash(self.crypto))
        let path = try builder.path(in: built, without: [], context)
        guard builder.keys.isConsistent(built, self.crypto) else { return false }
        let follower = PathFollower(crypto: self.crypto)
        var merged = tree
        try follower.merge(path, from: sender, into: &merged)
        guard merged == built else { return false }
        for member in members where member.keys.leaf != sender {
            let outcome = try follower.follow(
                path, from: sender, in: merged, without: [], keys: member.keys, context)
            guard outcome.commitSecret == builder.commitSecret else { return false }
        }
        return true
    }
}
