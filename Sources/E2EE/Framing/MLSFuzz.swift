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
        _ = tree.hasValidParentHashes(crypto)
        _ = try? tree.checkCapabilities(ExtensionList([]), suite: 1)
        for leaf in tree.members.prefix(8) {
            for step in tree.filteredDirectPath(leaf) { _ = tree.resolution(step.copath, without: [leaf]) }
            var smaller = tree
            smaller.remove(leaf)
            _ = smaller.treeHash(crypto)
        }
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
