internal import Wire

/// The doors of the group protocol that a stranger's bytes come through, as functions for a fuzzer: they take anything and
/// never trap. A round trip that does not hold traps on purpose.
public enum MLSFuzz {
    /// Any message as it travels.
    public static func message<Crypto: CryptoProvider>(_ bytes: Span<UInt8>, _ provider: Crypto) {
        let crypto = self.crypto(provider)
        let bytes = bytes.copied()
        guard let message = try? MLSMessage(decoding: bytes) else { return }
        precondition(message.encoded == bytes, "one spelling only")
        switch message {
        case .welcome(let welcome): self.welcome(welcome, crypto)
        case .groupInfo(let info): self.info(info, crypto)
        case .keyPackage(let package): _ = try? package.check(crypto)
        case .publicMessage(let message): self.authenticated(message.authenticated, crypto)
        case .privateMessage: break
        }
    }

    /// A struct that travels inside others; the first byte chooses it.
    public static func part(_ bytes: Span<UInt8>) {
        guard let first = bytes.isEmpty ? nil : bytes[0] else { return }
        let rest = bytes.extracting(1..<bytes.count).copied()
        switch first % 12 {
        case 0: self.roundTrip(Commit.self, rest)
        case 1: self.roundTrip(Proposal.self, rest)
        case 2: self.roundTrip(GroupSecrets.self, rest)
        case 3: self.roundTrip(GroupContext.self, rest)
        case 4: self.roundTrip(LeafNode.self, rest)
        case 5: self.roundTrip(UpdatePath.self, rest)
        case 6: self.roundTrip(RequiredCapabilities.self, rest)
        case 7: self.roundTrip(ExternalSenders.self, rest)
        case 8: self.roundTrip(PreSharedKeyID.self, rest)
        case 9: self.roundTrip(SenderData.self, rest)
        case 10: self.roundTrip(AuthenticatedContent.self, rest)
        default:
            for type in [ContentType.application, .proposal, .commit] {
                guard let content = try? PrivateMessageContent(type, decoding: rest) else { continue }
                precondition(content.encoded == rest, "one spelling only")
            }
        }
    }

    /// A ratchet tree: read, hashed, and judged by every rule.
    public static func tree<Crypto: CryptoProvider>(_ bytes: Span<UInt8>, _ provider: Crypto) {
        let crypto = self.crypto(provider)
        let bytes = bytes.copied()
        guard var tree = try? RatchetTree(decoding: bytes) else { return }
        precondition(tree.encoded == bytes, "one spelling only")
        _ = tree.treeHash(crypto)
        _ = try? tree.checkParents()
        _ = try? tree.checkKeys(crypto)
        _ = tree.hasValidParentHashes(crypto)
        _ = try? tree.checkCapabilities(ExtensionList([]), suite: 1)
        for leaf in tree.members.prefix(8) {
            for step in tree.filteredDirectPath(leaf) { _ = tree.resolution(step.copath, without: [leaf]) }
            var smaller = tree
            smaller.remove(leaf)
            _ = smaller.treeHash(crypto)
        }
    }

    /// A snapshot of a tree and the messages that a joiner finds behind it in the log: what nobody has verified yet. The first
    /// message tells group and epoch.
    public static func log<Crypto: CryptoProvider>(_ bytes: Span<UInt8>, _ provider: Crypto) {
        let bytes = bytes.copied()
        var reader = ByteReader(bytes.rawSpan)
        do throws(WireError) { _ = try reader.vector() } catch { return }
        guard let tree = try? RatchetTree(decoding: Array(bytes[..<reader.offset])) else { return }
        var follower: PublicFollower<Crypto>?
        while !reader.isAtEnd {
            guard let message = try? MLSMessage(reading: &reader) else { return }
            if follower == nil, case .publicMessage(let message) = message {
                let context = GroupContext(
                    cipherSuite: GroupSuite.x25519AES.rawValue, groupID: message.content.groupID,
                    epoch: message.content.epoch, treeHash: [], confirmedTranscriptHash: [], extensions: [])
                follower = try? PublicFollower(tree: tree, context, provider)
            }
            guard var next = follower else { continue }
            // What a message breaks changes nothing, so the next one finds the tree that was there before.
            if (try? next.follow(message)) != nil { follower = next }
            self.expectWhole(follower?.tree ?? tree, self.crypto(provider))
        }
    }

    /// Whatever is done to a tree, it stays one: full, and with a hash that does not depend on which hashes were kept.
    private static func expectWhole(_ tree: RatchetTree, _ crypto: SuiteCrypto<some CryptoProvider>) {
        precondition(tree.leafCount & (tree.leafCount - 1) == 0, "a full tree")
        var (kept, fresh) = (tree, tree)
        fresh.hashes = Array(repeating: [], count: fresh.nodes.count)
        precondition(kept.treeHash(crypto) == fresh.treeHash(crypto), "one hash only")
    }

    /// A variable-length integer.
    public static func varint(_ bytes: Span<UInt8>) {
        let bytes = bytes.copied()
        var reader = ByteReader(bytes.rawSpan)
        guard let value = try? reader.varint() else { return }
        var writer = ByteWriter()
        writer.varint(value)
        precondition(writer.bytes == Array(bytes.prefix(reader.offset)), "one spelling only")
    }

    private static func crypto<Crypto: CryptoProvider>(_ provider: Crypto) -> SuiteCrypto<Crypto> {
        SuiteCrypto(suite: .x25519AES, provider: provider)
    }

    private static func roundTrip<Value: TLSStruct>(_: Value.Type, _ bytes: [UInt8]) {
        guard let value = try? Value(decoding: bytes) else { return }
        precondition(value.encoded == bytes, "one spelling only")
    }

    private static func welcome(_ welcome: Welcome, _ crypto: SuiteCrypto<some CryptoProvider>) {
        let secret = Secret(copying: [UInt8](repeating: 7, count: 32).span)
        _ = try? WelcomeOpener(crypto: crypto).groupInfo(welcome, memberSecret: secret)
    }

    private static func info<Crypto: CryptoProvider>(_ info: GroupInfo, _ crypto: SuiteCrypto<Crypto>) {
        let tree = try? GroupState<Crypto>.verifiedTree(info, nil, crypto)
        _ = tree?.members
        _ = try? ExtensionList(info.extensions).externalPub()
    }

    private static func authenticated(_ content: AuthenticatedContent, _ crypto: SuiteCrypto<some CryptoProvider>) {
        _ = content.reference(crypto)
        guard case .commit(let commit) = content.content.content else { return }
        _ = commit.path?.leafNode.isSigned(LeafPlace(groupID: content.content.groupID, leaf: 0), crypto)
    }
}
