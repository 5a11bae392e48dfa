/// What a member does with somebody else's path (RFC 9420 §7.5).
struct PathFollower<Crypto: CryptoProvider>: Sendable {
    let crypto: SuiteCrypto<Crypto>

    /// What following a path gives.
    struct Outcome: ~Copyable {
        var keys: PathKeys
        /// Of the node shared with the committer; for the official vectors.
        var pathSecret: Secret
        var commitSecret: Secret
    }

    /// Merges the public part of a path into the tree and checks it against the leaf's parent hash.
    func merge(_ path: UpdatePath, from sender: UInt32, into tree: inout RatchetTree) throws(E2EEError) {
        let steps = tree.filteredDirectPath(sender)
        guard steps.count == path.nodes.count else { throw E2EEError(.validation, .pathShape, leaf: sender) }
        tree.blankPath(sender)
        for (step, node) in zip(steps, path.nodes) {
            tree.set(
                step.node,
                .parent(ParentNode(encryptionKey: node.encryptionKey, parentHash: [], unmergedLeaves: [])))
        }
        let hash = tree.setParentHashes(steps, self.crypto)
        guard path.leafNode.parentHash == hash else { throw E2EEError(.validation, .parentHash, leaf: sender) }
        tree.set(2 * Int(sender), .leaf(path.leafNode))
    }

    /// Decrypts our part of a path that was merged into `tree`. `keys` are ours from before; the outcome has those of
    /// after. `context` is the provisional one (§12.4.2).
    func follow(
        _ path: UpdatePath, from sender: UInt32, in tree: RatchetTree, without added: [UInt32], keys: PathKeys,
        _ context: GroupContext
    ) throws(E2EEError) -> Outcome {
        let steps = tree.filteredDirectPath(sender)
        guard steps.count == path.nodes.count else { throw E2EEError(.validation, .pathShape, leaf: sender) }
        // Every list of ciphertexts is checked, ours and the others' (§7.6).
        for (step, node) in zip(steps, path.nodes) {
            guard node.encryptedPathSecret.count == tree.resolution(step.copath, without: added).count else {
                throw E2EEError(.validation, .pathShape, leaf: sender)
            }
        }
        guard let shared = steps.firstIndex(where: { TreeMath.leaves(under: $0.copath).contains(keys.leaf) }) else {
            throw E2EEError(.validation, .updatePath, leaf: sender)
        }
        let targets = tree.resolution(steps[shared].copath, without: added)
        var keys = keys
        keys.prune(tree)
        guard let index = targets.firstIndex(where: { keys.key($0) != nil }), let held = keys.key(targets[index])
        else { throw E2EEError(.validation, .updatePath, leaf: sender) }
        let chain = PathSecrets(crypto: self.crypto)
        var secret = try self.open(
            path.nodes[shared].encryptedPathSecret[index], from: sender, held, context.encoded)
        let pathSecret = secret.duplicate()
        for (step, node) in zip(steps[shared...], path.nodes[shared...]) {
            let pair = try chain.keyPair(secret)
            guard pair.bytes == node.encryptionKey else { throw E2EEError(.validation, .updatePath, leaf: sender) }
            keys.set(step.node, pair)
            secret = chain.next(secret)
        }
        return Outcome(keys: keys, pathSecret: pathSecret, commitSecret: secret)
    }

    /// The path secret that was sealed to us. Whatever is wrong with it, a KEM output included, is wrong for us alone and the
    /// sender's doing: nobody may take it for something that all members see (`e2ee.md` 5, Void).
    private func open(
        _ sealed: HPKECiphertext, from sender: UInt32, _ key: HeldSecret, _ context: [UInt8]
    ) throws(E2EEError) -> Secret {
        let secret: Secret
        do throws(E2EEError) {
            secret = try self.crypto.decrypt(key.secret, asciiBytes("UpdatePathNode"), context, sealed)
        } catch {
            throw E2EEError(.validation, .updatePath, leaf: sender)
        }
        guard secret.count == self.crypto.hashByteCount else { throw E2EEError(.validation, .updatePath, leaf: sender) }
        return secret
    }
}
