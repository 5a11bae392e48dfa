import E2EE
import Testing

@Suite("Known answers of a meeting (e2ee.md, Appendix B)")
struct KnownAnswerTests {
    private let instance = MeetingInstance(meetingID: counting(from: 0, 16), number: 0)
    private let seed = counting(from: 0x20, 32)

    @Test("the lobby's private key follows from the authority's seed")
    func lobbyKey() {
        let key = LobbyKey.derive(authoritySeed: Secret(copying: self.seed.span), self.instance, native)
        #expect(hex(key.copied()) == "74a0439d9414aad8788c98d606bdcbf8f72484c585ac952e5132d740ef300f5c")
    }

    @Test("all keys of an invite come from its secret and from the link alike")
    func inviteKeys() throws {
        let secret = Secret(copying: counting(from: 0x10, 16).span)
        let keys = try InviteKeys(
            secret: secret, meetingID: self.instance.meetingID, fingerprint: hex("796558733ddc0a6ea03d88b5d3c71836"),
            native)
        #expect(hex(keys.identifier) == "c5735c90d8b86be438e4c76d8cde1c2d")
        let answers: [(HeldSecret, String)] = [
            (keys.preSharedKey, "948c263c9d18de8f5bf71e34f103c3022a587bc960b550ecf2f8a7db473076ec"),
            (keys.card, "875d2b092606498b0564aefc3142d18a479bcfbc71582171aa675439f3846dc1"),
            (keys.lobbyCardKey, "1f1c83c8f9473ddc88f3eb5f984e9f581d7eaab646d4bcfcd500bc2bb8d73f8e"),
            (keys.lobbyMAC, "fb78c2327ee249a08046698013e37c6adfdb7d8323d1162b6a4e63404dc1e23c"),
            (keys.joinMAC, "49cef0aef5ffdd6e1f6df23edb9f7dd2fe5b1c88bf99a1e1d52e7aac26991f5c"),
        ]
        for (held, answer) in answers { #expect(hex(held.secret.copied()) == answer) }
        #expect(throws: E2EEError(.usage, .length)) {
            let short = Secret(copying: counting(from: 0x10, 15).span)
            _ = try InviteKeys(secret: short, meetingID: [], fingerprint: [], native)
        }
    }

    @Test("a host's certificate is 179 bytes with a known hash")
    func roleCertificate() throws {
        let authority = Secret(copying: self.seed.span)
        let key = try native.publicKey(ofSeed: authority.span)
        let certificate = try RoleCertificate(
            self.instance, issuer: key, subject: counting(from: 0x40, 32), .leaf, .host, Rights(rawValue: 0x7F),
            notBefore: 1_800_000_000, notAfter: 1_800_086_400, serial: counting(from: 0x60, 8)
        ).signed(by: authority, native)
        let bytes = certificate.encoded
        #expect(bytes.count == 179)
        var digest = [UInt8](repeating: 0, count: 32)
        var out = digest.mutableSpan
        native.hash(.sha256, bytes.span, &out)
        #expect(hex(digest) == "c0761d32e8834777c7372c9504986f2e0f9cfd680487ba55ed274e4761dccf42")
        #expect(certificate.isSigned(by: key, native))
    }

    @Test("the meeting code of a known authenticator has known digits")
    func meetingCode() {
        let code = MeetingCode.digits(of: counting(from: 0, 32)) ?? []
        #expect(String(decoding: code, as: UTF8.self) == "090606058512110636351516066685")
        #expect(MeetingCode.groups(of: counting(from: 0, 32)) == [9_060, 60_585, 12_110, 63_635, 15_160, 66_685])
        #expect(MeetingCode.digits(of: [1]) == nil)
    }

    @Test("the fingerprint of the link tells the authority's descriptor from others")
    func fingerprint() throws {
        let authority = Secret(copying: self.seed.span)
        let key = try native.publicKey(ofSeed: authority.span)
        let descriptor = try MeetingDescriptor(self.instance, authorityKey: key, notBefore: 0, notAfter: 1)
            .signed(by: authority, native)
        let fingerprint = hex("796558733ddc0a6ea03d88b5d3c71836")
        #expect(descriptor.isTrue(fingerprint: fingerprint, native))
        #expect(!descriptor.isTrue(fingerprint: counting(from: 0, 16), native))
        var changed = descriptor
        changed.membersMax = 2
        #expect(!changed.isTrue(fingerprint: fingerprint, native))
    }
}
