/// Makes a committer's new path (RFC 9420 §7.4, §7.5): first the keys, so that the new tree can be hashed, then the
/// encryption of the secrets, which is bound to that hash.
struct PathBuilder<Crypto: CryptoProvider>: ~Copyable {
    private let crypto: SuiteCrypto<Crypto>
    private let leaf: UInt32
    private let steps: [RatchetTree.Step]
    private let secrets: [HeldSecret]
    /// Our private keys in the new tree.
    let keys: PathKeys
    /// What goes into the key schedule.
    let commitSecret: Secret

    /// Puts fresh keys on the path above `leaf`. `leafNode` is what the committer's leaf becomes; its key, source and
    /// signature are made here.
    init(
        _ tree: inout RatchetTree, place: LeafPlace, _ leafNode: LeafNode, signatureKey: borrowing Secret,
        keys: PathKeys, _ crypto: SuiteCrypto<Crypto>
    ) throws(E2EEError) {
        let chain = PathSecrets(crypto: crypto)
        let steps = tree.filteredDirectPath(place.leaf)
        var keys = keys
        var secrets: [HeldSecret] = []
        var secret = try crypto.provider.randomSecret(crypto.hashByteCount)
        tree.blankPath(place.leaf)
        for step in steps {
            let pair = try chain.keyPair(secret)
            let node = ParentNode(encryptionKey: pair.bytes, parentHash: [], unmergedLeaves: [])
            tree.set(step.node, .parent(node))
            keys.set(step.node, pair)
            let next = chain.next(secret)
            secrets.append(HeldSecret(secret))
            secret = next
        }
        // Nobody else has to follow a path without nodes, so its commit secret is simply fresh.
        let commitSecret = steps.isEmpty ? chain.next(secret) : secret
        let pair = try crypto.kem.generateKeyPair()
        var leafNode = leafNode
        leafNode.encryptionKey = pair.bytes
        leafNode.source = .commit(tree.setParentHashes(steps, crypto))
        try leafNode.sign(signatureKey, place, crypto)
        tree.set(2 * Int(place.leaf), .leaf(leafNode))
        keys.set(2 * Int(place.leaf), pair)
        keys.prune(tree)
        self.crypto = crypto
        self.leaf = place.leaf
        self.steps = steps
        self.secrets = secrets
        self.keys = keys
        self.commitSecret = commitSecret
    }

    /// The path as it is sent: each secret encrypted to everybody on the other side but the members just added, who get
    /// theirs in the Welcome.
    borrowing func path(
        in tree: RatchetTree, without added: [UInt32], _ context: GroupContext
    ) throws(E2EEError) -> UpdatePath {
        guard let leafNode = tree.leaf(self.leaf) else { throw E2EEError(.usage, .updatePath) }
        let context = context.encoded
        var nodes: [UpdatePathNode] = []
        for (step, held) in zip(self.steps, self.secrets) {
            guard let parent = tree.parent(step.node) else { throw E2EEError(.usage, .updatePath) }
            var sealed: [HPKECiphertext] = []
            for target in tree.resolution(step.copath, without: added) {
                guard let key = tree.nodes[target]?.encryptionKey else { throw E2EEError(.usage, .updatePath) }
                sealed.append(
                    try self.crypto.encrypt(to: key, asciiBytes("UpdatePathNode"), context, secret: held.secret))
            }
            nodes.append(UpdatePathNode(encryptionKey: parent.encryptionKey, encryptedPathSecret: sealed))
        }
        return UpdatePath(leafNode: leafNode, nodes: nodes)
    }

    /// The secret of the lowest node that the member at `leaf` shares with the committer.
    borrowing func secret(for leaf: UInt32) -> HeldSecret? {
        for (step, held) in zip(self.steps, self.secrets)
        where TreeMath.leaves(under: step.copath).contains(leaf) { return held }
        return nil
    }
}

extension RatchetTree {
    /// Sets the parent hashes of a committer's path from the top down (§7.9), and answers the leaf's.
    mutating func setParentHashes(_ steps: [Step], _ crypto: SuiteCrypto<some CryptoProvider>) -> [UInt8] {
        var hash: [UInt8] = []
        for step in steps.reversed() {
            guard var parent = self.parent(step.node) else { return [] }
            parent.parentHash = hash
            self.set(step.node, .parent(parent))
            hash = self.parentHash(of: parent, sibling: step.copath, crypto)
        }
        return hash
    }

    /// A resolution without members that were just added (§7.6).
    func resolution(_ node: Int, without added: [UInt32]) -> [Int] {
        self.resolution(node).filter { target in !added.contains { 2 * Int($0) == target } }
    }
}
