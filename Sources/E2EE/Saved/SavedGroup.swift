internal import Wire

/// What may be kept of an epoch of the group (`e2ee.md` 13, SavedState). With it one follows the Commits that come and makes one
/// of one's own. Nothing in it opens or seals a message of this epoch or of one before: those keys were never in it.
package struct SavedGroup: Sendable {
    package var context: GroupContext
    var interimTranscriptHash: [UInt8]
    var tree: RatchetTree
    /// Of our leaf, and of the parents above it that we know.
    var keys: PathKeys
    var signatureKey: HeldSecret
    /// init_secret
    var initial: HeldSecret
    /// external_secret
    var external: HeldSecret
    /// membership_key
    var membership: HeldSecret
    /// Of this epoch, and perhaps of the last few.
    var resumption: PreSharedKeys

    /// All of it belongs to one suite (`MeetingProfile.suite`): keys, hashes and seeds of 32 bytes.
    private static var secretByteCount: Int { 32 }
    /// As large as the delivery service takes one.
    private static var treeByteCountMax: Int { 3 << 19 }
    /// Resumption PSKs are kept for so many epochs (`e2ee.md` 13, Deletion).
    private static var resumptionEpochs: UInt64 { 4 }

    /// The epochs whose resumption PSK is here, in order.
    private var epochs: [UInt64] {
        self.resumption.names.compactMap { name -> UInt64? in
            if case .resumption(_, let groupID, let epoch) = name, groupID == self.context.groupID {
                epoch
            } else {
                nil
            }
        }.sorted()
    }

    /// Writes the fields in order, each list by its numbers.
    func write(to writer: inout SecretWriter) {
        writer.open { writer in
            self.context.write(to: &writer)
            writer.append(self.interimTranscriptHash)
            writer.vector(self.tree.encoded)
            writer.u32(self.keys.leaf)
        }
        writer.vector { writer in
            for node in self.keys.known {
                guard let key = self.keys.key(node) else { continue }
                writer.open { $0.u32(UInt32(truncatingIfNeeded: node)) }
                writer.secret(key)
            }
        }
        for secret in [self.signatureKey, self.initial, self.external, self.membership] { writer.secret(secret) }
        writer.vector { writer in
            for epoch in self.epochs {
                guard
                    let key = self.resumption.key(
                        .resumption(.application, groupID: self.context.groupID, epoch: epoch))
                else { continue }
                writer.open { $0.u64(epoch) }
                writer.secret(key)
            }
        }
    }
}

extension SavedGroup {
    /// Reads the fields in order. Keys stand in the order of their nodes, each at a node above our leaf that has one.
    init(reading reader: inout ByteReader) throws(WireError) {
        self.context = try GroupContext(reading: &reader)
        self.interimTranscriptHash = try reader.array(Self.secretByteCount)
        self.tree = try Self.tree(try reader.opaque(max: Self.treeByteCountMax))
        let leaf = try reader.u32()
        self.keys = try Self.keys(&reader, of: leaf, in: self.tree)
        self.signatureKey = try reader.secret(count: Self.secretByteCount)
        self.initial = try reader.secret(count: Self.secretByteCount)
        self.external = try reader.secret(count: Self.secretByteCount)
        self.membership = try reader.secret(count: Self.secretByteCount)
        self.resumption = try Self.resumption(&reader, self.context)
    }

    private static func tree(_ bytes: [UInt8]) throws(WireError) -> RatchetTree {
        do throws(E2EEError) { return try RatchetTree(decoding: bytes) } catch { throw .illegalValue }
    }

    private static func keys(
        _ reader: inout ByteReader, of leaf: UInt32, in tree: RatchetTree
    ) throws(WireError) -> PathKeys {
        guard tree.leaf(leaf) != nil else { throw .illegalValue }
        let own = 2 * Int(leaf)
        let path = [own] + TreeMath.directPath(own, leaves: tree.leafCount)
        var keys = PathKeys(leaf: leaf)
        var inner = ByteReader(try reader.vector())
        var next = 0
        while !inner.isAtEnd {
            guard let node = Int(exactly: try inner.u32()), node >= next, path.contains(node),
                let publicKey = tree.nodes[node]?.encryptionKey
            else { throw .illegalValue }
            keys.set(node, publicKey: publicKey, try inner.secret(count: Self.secretByteCount))
            next = node + 1
        }
        guard keys.key(own) != nil else { throw .illegalValue }
        return keys
    }

    private static func resumption(
        _ reader: inout ByteReader, _ context: GroupContext
    ) throws(WireError) -> PreSharedKeys {
        var keys = PreSharedKeys()
        var inner = ByteReader(try reader.vector())
        var last: UInt64?
        while !inner.isAtEnd {
            let epoch = try inner.u64()
            guard epoch <= context.epoch, context.epoch - epoch < Self.resumptionEpochs,
                last.map({ $0 < epoch }) ?? true
            else { throw .illegalValue }
            keys.set(resumption: context.groupID, epoch: epoch, try inner.secret(count: Self.secretByteCount))
            last = epoch
        }
        guard last == context.epoch else { throw .illegalValue }
        return keys
    }
}
