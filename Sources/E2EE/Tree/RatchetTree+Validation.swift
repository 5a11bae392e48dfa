/// What must hold in every tree (RFC 9420 §7.3, §7.8, §12.4.3.1).
extension RatchetTree {
    /// The rules about parents: who is unmerged, and that no key stands twice.
    func checkParents() throws(E2EEError) {
        for node in stride(from: 1, to: self.nodes.count, by: 2) {
            guard let parent = self.parent(node) else { continue }
            let range = TreeMath.leaves(under: node)
            var previous: UInt32?
            for leaf in parent.unmergedLeaves {
                if let previous, previous >= leaf { throw E2EEError(.validation, .tree) }
                previous = leaf
                guard range.contains(leaf), self.leaf(leaf) != nil else { throw E2EEError(.validation, .tree) }
                for between in TreeMath.directPath(2 * Int(leaf), leaves: self.leafCount) {
                    guard between != node else { break }
                    // In a list without order nothing is found, perhaps; but then that list is refused itself.
                    if let other = self.parent(between), !other.unmergedLeaves.containsSorted(leaf) {
                        throw E2EEError(.validation, .tree)
                    }
                }
            }
        }
        try self.checkUniqueKeys()
    }

    /// No two nodes share an encryption key, no two members a signature key (§7.3, §16.7).
    func checkUniqueKeys() throws(E2EEError) {
        var encryptionKeys = Set<KeyBytes>(minimumCapacity: self.nodes.count)
        for key in self.encryptionKeys where !encryptionKeys.insert(KeyBytes(key)).inserted {
            throw E2EEError(.validation, .keyReuse)
        }
        var signatureKeys: Set<KeyBytes> = []
        for leaf in self.members {
            guard let member = self.leaf(leaf), signatureKeys.insert(KeyBytes(member.signatureKey)).inserted else {
                throw E2EEError(.validation, .keyReuse)
            }
        }
    }

    /// Every key can be encrypted to, so that no path stops at one that cannot. RFC 9420 leaves this to the KEM; here one
    /// such leaf would stop everybody's Commits, and two could not even be removed.
    func checkKeys(_ crypto: SuiteCrypto<some CryptoProvider>) throws(E2EEError) {
        let kem = crypto.kem
        for (index, node) in self.nodes.enumerated() {
            guard let node, !kem.isUsable(node.encryptionKey) else { continue }
            throw E2EEError(.validation, .unusableKey, leaf: index.isMultiple(of: 2) ? UInt32(index / 2) : nil)
        }
    }

    /// Every leaf's signature.
    func checkSignatures(
        groupID: [UInt8], _ crypto: SuiteCrypto<some CryptoProvider>
    ) throws(E2EEError) {
        for leaf in self.members {
            guard let member = self.leaf(leaf), member.isSigned(LeafPlace(groupID: groupID, leaf: leaf), crypto)
            else { throw E2EEError(.validation, .signature, leaf: leaf) }
        }
    }

    /// Every member fits the group and every other member (§7.3, §11.1, §13.4).
    func checkCapabilities(_ extensions: ExtensionList, suite: UInt16) throws(E2EEError) {
        let required = try extensions.requiredCapabilities()
        var credentialTypes: Set<UInt16> = []
        for leaf in self.members { if let member = self.leaf(leaf) { credentialTypes.insert(member.credential.type) } }
        for leaf in self.members {
            guard let member = self.leaf(leaf) else { continue }
            try member.checkItself(suite: suite, leaf: leaf)
            let supported = member.capabilities
            guard credentialTypes.allSatisfy(supported.credentials.contains),
                extensions.list.allSatisfy({ supported.supports(extensionType: $0.type) })
            else { throw E2EEError(.validation, .capabilities, leaf: leaf) }
            guard let required else { continue }
            guard required.extensionTypes.allSatisfy(supported.supports(extensionType:)),
                required.proposalTypes.allSatisfy(supported.supports(proposalType:)),
                required.credentialTypes.allSatisfy(supported.credentials.contains)
            else { throw E2EEError(.validation, .capabilities, leaf: leaf) }
        }
    }
}

extension LeafNode {
    /// The rules of §7.3 that look at one leaf alone. Its lists are looked at by their length first: everybody compares each
    /// of them with the group's and with each other.
    func checkItself(suite: UInt16, leaf: UInt32? = nil) throws(E2EEError) {
        guard self.capabilities.isShort, self.extensions.count <= Capabilities.countMax else {
            throw E2EEError(.validation, .limit, leaf: leaf)
        }
        guard self.capabilities.versions.contains(ProtocolVersion.mls10),
            self.capabilities.cipherSuites.contains(suite),
            self.capabilities.credentials.contains(self.credential.type),
            self.extensions.allSatisfy({ self.capabilities.supports(extensionType: $0.type) })
        else { throw E2EEError(.validation, .capabilities, leaf: leaf) }
        guard ExtensionList(self.extensions).hasNoDuplicates else {
            throw E2EEError(.validation, .extensions, leaf: leaf)
        }
    }
}

extension Capabilities {
    /// More than anybody supports, of each sort.
    static var countMax: Int { 256 }

    /// Whether no list is longer than anybody needs.
    var isShort: Bool {
        self.versions.count <= Self.countMax && self.cipherSuites.count <= Self.countMax
            && self.extensions.count <= Self.countMax && self.proposals.count <= Self.countMax
            && self.credentials.count <= Self.countMax
    }

    /// Default types are supported by everybody (§7.2).
    func supports(extensionType: UInt16) -> Bool {
        (1...5).contains(extensionType) || self.extensions.contains(extensionType)
    }

    /// Default types are supported by everybody (§7.2).
    func supports(proposalType: UInt16) -> Bool {
        (1...7).contains(proposalType) || self.proposals.contains(proposalType)
    }
}
