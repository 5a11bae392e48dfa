/// The doors of a meeting that a stranger's bytes come through, as functions for a fuzzer: they take anything and never
/// trap. A round trip that does not hold traps on purpose.
public enum MeetingFuzz {
    /// How many sorts `part` knows.
    public static var sorts: Int { 22 }

    /// Any struct of the meeting; the first byte chooses it.
    public static func part<Crypto: CryptoProvider>(_ bytes: Span<UInt8>, _ crypto: Crypto) {
        guard let first = bytes.isEmpty ? nil : bytes[0] else { return }
        let rest = bytes.extracting(1..<bytes.count).copied()
        switch Int(first) % self.sorts {
        case 0: self.roundTrip(RoleCertificate.self, rest)
        case 1: self.chain(rest, crypto)
        case 2: self.roundTrip(MeetingDescriptor.self, rest)
        case 3: self.roundTrip(LobbyDescriptor.self, rest)
        case 4: self.roundTrip(MeetingCard.self, rest)
        case 5: self.policy(rest, crypto)
        case 6: self.roundTrip(Revocation.self, rest)
        case 7: self.roundTrip(ServiceInfo.self, rest)
        case 8: self.roundTrip(BeraadLeaf.self, rest)
        case 9: self.roundTrip(OrgAssertion.self, rest)
        case 10: self.roundTrip(AssertionClaims.self, rest)
        case 11: self.roundTrip(DeviceStatement.self, rest)
        case 12: self.roundTrip(JoinAuth.self, rest)
        case 13: self.roundTrip(CommitAuth.self, rest)
        case 14: self.roundTrip(AddAuth.self, rest)
        case 15: self.roundTrip(ReentryPass.self, rest)
        case 16: self.roundTrip(Bundle.self, rest)
        case 17: self.request(rest, crypto)
        case 18: self.roundTrip(LobbyCard.self, rest)
        case 19: self.roundTrip(LobbyAnswer.self, rest)
        case 20: self.roundTrip(LobbyReveal.self, rest)
        default:
            self.roundTrip(LobbyNote.self, rest)
            self.roundTrip(SignedProfile.self, rest)
            if let card = try? MeetingCard(padded: rest) { precondition(card.padded == rest, "one spelling only") }
        }
    }

    private static func roundTrip<Value: TLSStruct>(_: Value.Type, _ bytes: [UInt8]) {
        guard let value = try? Value(decoding: bytes) else { return }
        precondition(value.encoded == bytes, "one spelling only")
    }

    private static func chain<Crypto: CryptoProvider>(_ bytes: [UInt8], _ crypto: Crypto) {
        self.roundTrip(Chain.self, bytes)
        guard let chain = try? Chain(decoding: bytes), let last = chain.certificates.last else { return }
        let descriptor = MeetingDescriptor(last.instance, authorityKey: last.issuerKey, notBefore: 0, notAfter: 0)
        _ = ChainRule(descriptor, revoked: [], crypto).isValid(chain, for: chain.subjectKey ?? [])
    }

    private static func policy<Crypto: CryptoProvider>(_ bytes: [UInt8], _ crypto: Crypto) {
        self.roundTrip(MeetingPolicy.self, bytes)
        guard let policy = try? MeetingPolicy(decoding: bytes) else { return }
        let standings = Standings(policy, [], crypto)
        _ = standings.isUnhosted
        _ = standings.isHostKey([])
        let extensions = MeetingProfile.extensions(policy, serverKey: [UInt8](repeating: 0, count: 32))
        precondition(MeetingProfile.policy(in: extensions) == policy, "one spelling only")
    }

    private static func request<Crypto: CryptoProvider>(_ bytes: [UInt8], _ crypto: Crypto) {
        self.roundTrip(LobbyRequest.self, bytes)
        guard let request = try? LobbyRequest(decoding: bytes) else { return }
        let secret = Secret(copying: [UInt8](repeating: 7, count: 32).span)
        _ = try? Lobby.open(request, [], lobbyKey: secret, request.instance, crypto)
    }
}
