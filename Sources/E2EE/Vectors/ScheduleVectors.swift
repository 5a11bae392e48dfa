/// `key-schedule`, `psk_secret`, `secret-tree` and `transcript-hashes`.
struct ScheduleVectors<Crypto: CryptoProvider> {
    private let vector: VectorValue
    private let crypto: SuiteCrypto<Crypto>

    init(_ vector: VectorValue, _ provider: Crypto) throws(E2EEError) {
        self.vector = vector
        self.crypto = SuiteCrypto(suite: try vector.suite(), provider: provider)
    }

    /// One outcome for each epoch.
    func keySchedule() throws(E2EEError) -> [VectorOutcome] {
        var initial = try self.vector.secret("initial_init_secret")
        var outcomes: [VectorOutcome] = []
        for (number, epoch) in try self.vector.list("epochs").enumerated() {
            let context = GroupContext(
                cipherSuite: self.crypto.suite.rawValue, groupID: try self.vector.bytes("group_id"),
                epoch: UInt64(number), treeHash: try epoch.bytes("tree_hash"),
                confirmedTranscriptHash: try epoch.bytes("confirmed_transcript_hash"), extensions: [])
            let holds = try self.epoch(epoch, initial, context)
            outcomes.append(VectorOutcome(holds, isComplete: self.crypto.isComplete))
            initial = try epoch.secret("init_secret")
        }
        return outcomes
    }

    private func epoch(
        _ epoch: VectorValue, _ initial: HeldSecret, _ context: GroupContext
    ) throws(E2EEError) -> Bool {
        let schedule = KeySchedule(crypto: self.crypto)
        let joiner = schedule.joinerSecret(
            initSecret: initial.secret, commitSecret: try epoch.secret("commit_secret").secret, context)
        let member = schedule.memberSecret(
            joinerSecret: joiner, pskSecret: try epoch.secret("psk_secret").secret)
        let welcome = schedule.welcomeSecret(memberSecret: member)
        let secrets = schedule.epoch(memberSecret: member, context)
        guard context.encoded == (try epoch.bytes("group_context")),
            joiner == (try epoch.secret("joiner_secret").secret),
            welcome == (try epoch.secret("welcome_secret").secret)
        else { return false }
        let named: [(HeldSecret?, StaticString)] = [
            (secrets.initial, "init_secret"), (secrets.senderData, "sender_data_secret"),
            (secrets.encryption, "encryption_secret"), (secrets.exporter, "exporter_secret"),
            (secrets.authenticator, "epoch_authenticator"), (secrets.external, "external_secret"),
            (secrets.confirmation, "confirmation_key"), (secrets.membership, "membership_key"),
            (secrets.resumption, "resumption_psk"),
        ]
        for (held, name) in named {
            guard let held, held.secret == (try epoch.secret(name).secret) else { return false }
        }
        let exporter = try epoch.value("exporter")
        guard let held = secrets.exporter else { return false }
        let exported = schedule.export(
            held.secret, try exporter.text("label"), try exporter.bytes("context"),
            count: Int(truncatingIfNeeded: try exporter.number("length")))
        guard exported == (try exporter.secret("secret").secret) else { return false }
        guard self.crypto.isComplete else { return true }
        return try self.crypto.kem.deriveKeyPair(secrets.external.secret).bytes == (try epoch.bytes("external_pub"))
    }

    func pskSecret() throws(E2EEError) -> VectorOutcome {
        var inputs: [PSKSecret<Crypto>.Input] = []
        for psk in try self.vector.list("psks") {
            let id = PreSharedKeyID(name: .external(try psk.bytes("psk_id")), nonce: try psk.bytes("psk_nonce"))
            inputs.append(PSKSecret.Input(id: id, key: try psk.secret("psk")))
        }
        let secret = try PSKSecret(crypto: self.crypto).combine(inputs)
        return secret == (try self.vector.secret("psk_secret").secret) ? .holds : .fails
    }

    func secretTree() throws(E2EEError) -> VectorOutcome {
        let data = try self.vector.value("sender_data")
        let context = GroupContext(
            cipherSuite: self.crypto.suite.rawValue, groupID: [], epoch: 0, treeHash: [], confirmedTranscriptHash: [],
            extensions: [])
        let key = MessageSealer(crypto: self.crypto, context: context).senderDataKey(
            try data.secret("sender_data_secret").secret, try data.bytes("ciphertext"))
        guard key.key.secret == (try data.secret("key").secret), key.nonce == (try data.bytes("nonce")) else {
            return .fails
        }
        let leaves = try self.vector.list("leaves")
        var tree = SecretTree(try self.vector.secret("encryption_secret"), leafCount: leaves.count)
        for (leaf, generations) in leaves.enumerated() {
            for generation in try generations.asList() {
                let number = UInt32(truncatingIfNeeded: try generation.number("generation"))
                let application = try tree.take(UInt32(leaf), .application, number, self.crypto)
                let handshake = try tree.take(UInt32(leaf), .commit, number, self.crypto)
                guard application.key.secret == (try generation.secret("application_key").secret),
                    application.nonce == (try generation.bytes("application_nonce")),
                    handshake.key.secret == (try generation.secret("handshake_key").secret),
                    handshake.nonce == (try generation.bytes("handshake_nonce"))
                else { return .fails }
            }
        }
        return .holds
    }

    func transcript() throws(E2EEError) -> VectorOutcome {
        let message = try AuthenticatedContent(decoding: try self.vector.bytes("authenticated_content"))
        let transcript = Transcript(crypto: self.crypto)
        let before = try self.vector.bytes("interim_transcript_hash_before")
        let confirmed = transcript.confirmed(after: before, message)
        guard let tag = message.auth.confirmationTag else { return .fails }
        let expected = self.crypto.mac(try self.vector.secret("confirmation_key").secret, confirmed)
        guard confirmed == (try self.vector.bytes("confirmed_transcript_hash_after")), tag == expected,
            transcript.interim(after: confirmed, tag: tag) == (try self.vector.bytes("interim_transcript_hash_after"))
        else { return .fails }
        return .holds
    }
}
