/// How a host makes somebody a co-host, and takes that back (`e2ee.md` 4.3, hand-over; `docs/decisions/0011`). Whoever was
/// given a certificate has it for ever, and may put it into their own leaf. So the host does not certify their key itself: a key
/// that is used once and kept nowhere stands in between, and that one is revoked. Another time there is another one.
enum CohostChain {
    /// A chain that makes the owner of `key` a co-host, by a host's own chain.
    static func make<Crypto: CryptoProvider>(
        for key: [UInt8], by host: Chain, _ identity: LeafIdentity, _ instance: MeetingInstance, now: EngineTime,
        _ crypto: Crypto
    ) throws(E2EEError) -> Chain {
        guard host.certificates.count + 2 <= Chain.countMax else { throw E2EEError(.usage, .limit) }
        let between = try crypto.signatureKey(.ed25519)
        let betweenKey = try Labelled<Crypto>.publicKey(crypto, ofSeed: between)
        let upper = try self.certificate(
            betweenKey, by: identity.signaturePublicKey, self.rights(of: host), instance, now: now, crypto
        ).signed(by: identity.signatureKey.secret, crypto)
        // Whoever may issue nothing makes nobody a co-host, whom the host would have to look for then.
        let own = try self.certificate(
            key, by: betweenKey, self.rights(of: host).subtracting(.delegate), instance, now: now, crypto
        ).signed(by: between, crypto)
        return Chain([own, upper] + host.certificates)
    }

    private static func rights(of host: Chain) -> Rights { Role.cohost.rightsMax.intersection(host.rights) }

    private static func certificate<Crypto: CryptoProvider>(
        _ subject: [UInt8], by issuer: [UInt8], _ rights: Rights, _ instance: MeetingInstance, now: EngineTime,
        _ crypto: Crypto
    ) throws(E2EEError) -> RoleCertificate {
        RoleCertificate(
            instance, issuer: issuer, subject: subject, .leaf, .cohost, rights,
            notBefore: now.unixSeconds - min(now.unixSeconds, Access.early),
            notAfter: now.unixSeconds + Access.late, serial: try crypto.randomBytes(8))
    }

    /// The key that has to be revoked, so that a chain counts no more: the one that stands between, or where a client made it
    /// otherwise that of the co-host, who will not be one again in this group then.
    static func revocable(_ chain: Chain, among people: [Occupant]) -> [UInt8]? {
        guard chain.certificates.count > 2, chain.certificates[1].role == .cohost else { return chain.subjectKey }
        let between = chain.certificates[1].subjectKey
        return people.contains { $0.key == between } ? chain.subjectKey : between
    }
}

extension MeetingPolicy {
    /// Whether somebody was made a co-host here.
    func hasRole(_ key: [UInt8]) -> Bool { self.roles.contains { $0.subjectKey == key } }

    /// Takes back what a key was given. The list of revocations may be full, and then nobody follows this policy.
    mutating func withdraw(_ key: [UInt8], among people: [Occupant]) {
        let ended = self.ended(by: key, among: people)
        self.roles.removeAll { $0.subjectKey == key }
        self.revoked += ended.map { Revocation(key: $0, scope: .roleOnly) }
    }

    /// Keys whose revocation ends what makes somebody a co-host: by the policy, or by a member's certificate that they took
    /// into their own leaf.
    func ended(by key: [UInt8], among people: [Occupant]) -> [[UInt8]] {
        let own = people.first { $0.key == key }?.profile?.chain
        let isByMember = own.map { $0.role == .cohost && $0.certificates.dropFirst().first?.kind == .leaf } ?? false
        var chains = self.roles.filter { $0.subjectKey == key }
        if isByMember, let own { chains.append(own) }
        var ended: [[UInt8]] = []
        for chain in chains {
            guard let revoked = CohostChain.revocable(chain, among: people), !self.isRevoked(revoked),
                !ended.contains(revoked)
            else { continue }
            ended.append(revoked)
        }
        return ended
    }
}
