import E2EE

/// A meeting of two in miniature: Anna makes a group and adds Bram, both say something, Anna renews her keys, both are
/// in the same epoch.
enum EngineCheck {
    /// Throws when anything is not as it must be.
    static func run<Crypto: CryptoProvider>(_ crypto: Crypto) throws(E2EEError) {
        let bramsPackage = try Self.keyPackage([2], crypto)
        var anna = try Group(creating: [7], try Self.keyPackage([1], crypto), crypto)
        var plan = CommitPlan()
        plan.proposals = [.add(Add(keyPackage: bramsPackage.keyPackage))]
        let adding = try anna.commit(plan)
        guard let welcome = adding.welcome else { throw E2EEError(.crypto, .primitive) }
        try anna.adopt(adding)
        var bram = try Group(joining: try Welcome(decoding: welcome.encoded), bramsPackage, crypto)

        try Self.hears(&bram, try anna.seal([3, 1, 4]), [3, 1, 4])
        try Self.hears(&anna, try bram.seal([2, 7]), [2, 7])

        let renewing = try anna.commit(CommitPlan())
        let message = try MLSMessage(decoding: renewing.message.encoded)
        try anna.adopt(renewing)
        guard case .commit(let commit) = try bram.receive(message) else { throw E2EEError(.crypto, .primitive) }
        let staged = try bram.validate(commit)
        try bram.adopt(staged)
        guard try anna.epochAuthenticator == bram.epochAuthenticator else { throw E2EEError(.crypto, .primitive) }
    }

    private static func hears<Crypto: CryptoProvider>(
        _ group: inout Group<Crypto>, _ message: MLSMessage, _ expected: [UInt8]
    ) throws(E2EEError) {
        guard case .application(_, let bytes, _) = try group.receive(try MLSMessage(decoding: message.encoded)),
            bytes == expected
        else { throw E2EEError(.crypto, .primitive) }
    }

    private static func keyPackage<Crypto: CryptoProvider>(
        _ name: [UInt8], _ crypto: Crypto
    ) throws(E2EEError) -> OwnKeyPackage {
        let suite = GroupSuite.xWing
        let capabilities = Capabilities(
            versions: [1], cipherSuites: [suite.rawValue], extensions: [], proposals: [], credentials: [1])
        let identity = try LeafIdentity(suite, credential: .basic(name), capabilities: capabilities, crypto)
        return try OwnKeyPackage(suite, identity, Lifetime(notBefore: 0, notAfter: .max), crypto)
    }
}
