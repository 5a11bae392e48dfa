/// The secret tree of an epoch (RFC 9420 §9): from the encryption secret down to two ratchets for each leaf. A secret is
/// gone as soon as what is below it was derived (§9.2).
struct SecretTree: Sendable {
    private struct Ratchets: Sendable {
        var handshake: HashRatchet
        var application: HashRatchet
    }

    private let leafCount: Int
    /// Secrets of nodes that were not used yet.
    private var secrets: [Int: HeldSecret]
    private var ratchets: [UInt32: Ratchets] = [:]

    init(_ encryptionSecret: HeldSecret, leafCount: Int) {
        self.leafCount = leafCount
        self.secrets = [TreeMath.root(leaves: leafCount): encryptionSecret]
    }

    /// One that nothing comes out of: of an epoch that was kept, without what was said in it (`e2ee.md` 13).
    init(emptyOf leafCount: Int) {
        self.leafCount = leafCount
        self.secrets = [:]
    }

    /// Nodes whose secret is still held.
    var unused: [Int] { self.secrets.keys.sorted() }

    /// Leaves whose ratchets have started, with the generations that wait in each of the two.
    var started: [(leaf: UInt32, handshake: [UInt32], application: [UInt32])] {
        self.ratchets.keys.sorted().compactMap { leaf in
            self.ratchets[leaf].map { (leaf, $0.handshake.waiting, $0.application.waiting) }
        }
    }

    /// The next key for a message of our own.
    mutating func next(
        _ leaf: UInt32, _ type: ContentType, _ crypto: SuiteCrypto<some CryptoProvider>
    ) throws(E2EEError) -> (UInt32, RatchetKey) {
        try self.derive(leaf, crypto)
        guard var ratchets = self.ratchets[leaf] else { throw E2EEError(.validation, .unknown, leaf: leaf) }
        let result =
            type == .application ? try ratchets.application.next(crypto) : try ratchets.handshake.next(crypto)
        self.ratchets[leaf] = ratchets
        return result
    }

    /// The key of somebody's message.
    mutating func take(
        _ leaf: UInt32, _ type: ContentType, _ generation: UInt32, _ crypto: SuiteCrypto<some CryptoProvider>
    ) throws(E2EEError) -> RatchetKey {
        try self.derive(leaf, crypto)
        guard var ratchets = self.ratchets[leaf] else { throw E2EEError(.validation, .unknown, leaf: leaf) }
        let key =
            type == .application
            ? try ratchets.application.take(generation, crypto) : try ratchets.handshake.take(generation, crypto)
        self.ratchets[leaf] = ratchets
        return key
    }

    /// Derives down to the ratchets of a leaf, deleting every secret on the way.
    private mutating func derive(
        _ leaf: UInt32, _ crypto: SuiteCrypto<some CryptoProvider>
    ) throws(E2EEError) {
        guard leaf < UInt32(self.leafCount) else { throw E2EEError(.validation, .unknown) }
        guard self.ratchets[leaf] == nil else { return }
        let node = 2 * Int(leaf)
        var path = [node] + TreeMath.directPath(node, leaves: self.leafCount)
        path.removeFirst(path.firstIndex { self.secrets[$0] != nil } ?? path.count)
        // `path` now starts at the lowest node that still has a secret.
        guard var at = path.first else { throw E2EEError(.validation, .generation, leaf: leaf) }
        while at != node {
            guard let held = self.secrets.removeValue(forKey: at), let left = TreeMath.left(at),
                let right = TreeMath.right(at)
            else { throw E2EEError(.validation, .generation, leaf: leaf) }
            let count = crypto.hashByteCount
            self.secrets[left] = HeldSecret(
                crypto.expand(held.secret, asciiBytes("tree"), asciiBytes("left"), count: count))
            self.secrets[right] = HeldSecret(
                crypto.expand(held.secret, asciiBytes("tree"), asciiBytes("right"), count: count))
            at = node < at ? left : right
        }
        guard let held = self.secrets.removeValue(forKey: node) else {
            throw E2EEError(.validation, .generation, leaf: leaf)
        }
        let count = crypto.hashByteCount
        self.ratchets[leaf] = Ratchets(
            handshake: HashRatchet(
                HeldSecret(crypto.expand(held.secret, asciiBytes("handshake"), [], count: count))),
            application: HashRatchet(
                HeldSecret(crypto.expand(held.secret, asciiBytes("application"), [], count: count))))
    }
}
