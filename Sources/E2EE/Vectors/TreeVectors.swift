/// `tree-math`, `tree-validation` and `tree-operations`.
struct TreeVectors<Crypto: CryptoProvider> {
    private let vector: VectorValue
    private let crypto: SuiteCrypto<Crypto>

    init(_ vector: VectorValue, _ provider: Crypto) throws(E2EEError) {
        self.vector = vector
        self.crypto = SuiteCrypto(suite: try vector.suite(), provider: provider)
    }

    static func math(_ vector: VectorValue) throws(E2EEError) -> VectorOutcome {
        let leaves = Int(truncatingIfNeeded: try vector.number("n_leaves"))
        let count = TreeMath.nodeCount(leaves: leaves)
        guard try vector.number("n_nodes") == UInt64(count),
            try vector.number("root") == UInt64(TreeMath.root(leaves: leaves))
        else { return .fails }
        for node in 0..<count {
            func expected(_ name: StaticString) throws(E2EEError) -> Int? {
                let list = try vector.list(name)
                guard node < list.count else { throw E2EEError(.usage, .malformed) }
                return try list[node].asOptionalNumber()
            }
            guard try expected("left") == TreeMath.left(node), try expected("right") == TreeMath.right(node),
                try expected("parent") == TreeMath.parent(node, leaves: leaves),
                try expected("sibling") == TreeMath.sibling(node, leaves: leaves)
            else { return .fails }
        }
        return .holds
    }

    func validation() throws(E2EEError) -> VectorOutcome {
        guard self.crypto.isComplete else { return .skipped }
        let bytes = try self.vector.bytes("tree")
        var tree = try RatchetTree(decoding: bytes)
        guard tree.encoded == bytes else { return .fails }
        let hashes = try self.vector.list("tree_hashes")
        let resolutions = try self.vector.list("resolutions")
        guard hashes.count == tree.nodes.count, resolutions.count == tree.nodes.count else { return .fails }
        for node in tree.nodes.indices {
            var resolution: [Int] = []
            for number in try resolutions[node].asList() {
                resolution.append(Int(truncatingIfNeeded: try number.asNumber()))
            }
            guard tree.resolution(node) == resolution, tree.hash(node, self.crypto) == (try hashes[node].asBytes())
            else { return .fails }
        }
        try tree.checkParents()
        guard tree.hasValidParentHashes(self.crypto) else { return .fails }
        try tree.checkSignatures(groupID: try self.vector.bytes("group_id"), self.crypto)
        return .holds
    }

    func operations() throws(E2EEError) -> VectorOutcome {
        var tree = try RatchetTree(decoding: try self.vector.bytes("tree_before"))
        guard tree.treeHash(self.crypto) == (try self.vector.bytes("tree_hash_before")) else { return .fails }
        let sender = UInt32(truncatingIfNeeded: try self.vector.number("proposal_sender"))
        switch try Proposal(decoding: try self.vector.bytes("proposal")) {
        case .add(let add): _ = try tree.add(add.keyPackage.leafNode)
        case .update(let update): tree.update(sender, update.leafNode)
        case .remove(let remove): tree.remove(remove.removed)
        default: return .fails
        }
        guard tree.encoded == (try self.vector.bytes("tree_after")),
            tree.treeHash(self.crypto) == (try self.vector.bytes("tree_hash_after"))
        else { return .fails }
        return .holds
    }
}
