/// Passive clients: joins by Welcome and follows the group.
struct PassiveVectors<Crypto: CryptoProvider> {
    private let vector: VectorValue
    private let crypto: SuiteCrypto<Crypto>

    init(_ vector: VectorValue, _ provider: Crypto) throws(E2EEError) {
        self.vector = vector
        self.crypto = SuiteCrypto(suite: try vector.suite(), provider: provider)
    }

    func passive() throws(E2EEError) -> VectorOutcome {
        guard self.crypto.isComplete else { return .skipped }
        var keys = PreSharedKeys()
        for psk in try self.vector.list("external_psks") {
            keys.set(external: try psk.bytes("psk_id"), try psk.secret("psk"))
        }
        var group = try self.join(keys)
        guard try group.epochAuthenticator == (try self.vector.bytes("initial_epoch_authenticator")) else {
            return .fails
        }
        for epoch in try self.vector.list("epochs") {
            for proposal in try epoch.list("proposals") {
                guard case .proposal = try group.receive(try MLSMessage(decoding: try proposal.asBytes())) else {
                    return .fails
                }
            }
            let message = try MLSMessage(decoding: try epoch.bytes("commit"))
            guard case .commit(let commit) = try group.receive(message) else { return .fails }
            try group.adopt(try group.validate(commit, preSharedKeys: keys))
            guard try group.epochAuthenticator == (try epoch.bytes("epoch_authenticator")) else { return .fails }
        }
        return .holds
    }

    private func join(_ keys: PreSharedKeys) throws(E2EEError) -> Group<Crypto> {
        guard case .keyPackage(let package) = try MLSMessage(decoding: try self.vector.bytes("key_package")),
            case .welcome(let welcome) = try MLSMessage(decoding: try self.vector.bytes("welcome"))
        else { throw E2EEError(.usage, .malformed) }
        let own = try OwnKeyPackage(
            package, initKey: try self.vector.scalar("init_priv", self.crypto.suite),
            encryptionKey: try self.vector.scalar("encryption_priv", self.crypto.suite),
            signatureKey: try self.vector.scalar("signature_priv", self.crypto.suite), self.crypto.provider)
        var tree: RatchetTree?
        if try self.vector.value("ratchet_tree") != .null {
            tree = try RatchetTree(decoding: try self.vector.bytes("ratchet_tree"))
        }
        return try Group(
            joining: welcome, own, tree: tree, preSharedKeys: keys, traffic: .any, self.crypto.provider)
    }
}
