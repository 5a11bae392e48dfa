/// The private keys of one member: its leaf's and those of the parents above it that it knows. Each stands with the public
/// key it belongs to, so that a key whose node was blanked or replaced is found and dropped.
struct PathKeys: Sendable {
    private struct Entry: Sendable {
        let publicKey: [UInt8]
        let key: HeldSecret
    }

    /// Our own leaf.
    let leaf: UInt32
    private var entries: [Int: Entry] = [:]

    init(leaf: UInt32) { self.leaf = leaf }

    /// The private key of a node, if we know it.
    func key(_ node: Int) -> HeldSecret? { self.entries[node]?.key }

    /// Nodes whose private key we know.
    var known: [Int] { self.entries.keys.sorted() }

    mutating func set(_ node: Int, _ pair: consuming SecretPair) {
        self.entries[node] = Entry(publicKey: pair.bytes, key: HeldSecret(pair.secret))
    }

    mutating func set(_ node: Int, publicKey: [UInt8], _ key: HeldSecret) {
        self.entries[node] = Entry(publicKey: publicKey, key: key)
    }

    /// Drops every key whose node is blank or has another key by now (RFC 9420 §7.5).
    mutating func prune(_ tree: RatchetTree) {
        for (node, entry) in self.entries {
            let isThere = node < tree.nodes.count && tree.nodes[node]?.encryptionKey == entry.publicKey
            if !isThere { self.entries[node] = nil }
        }
    }

    /// Whether every key belongs to the node it stands at.
    func isConsistent(_ tree: RatchetTree, _ crypto: SuiteCrypto<some CryptoProvider>) -> Bool {
        self.entries.allSatisfy { node, entry in
            // A key the provider refuses belongs to no node.
            let publicKey = try? crypto.publicKey(of: entry.key.secret)
            return publicKey == entry.publicKey && node < tree.nodes.count
                && tree.nodes[node]?.encryptionKey == publicKey
        }
    }
}
