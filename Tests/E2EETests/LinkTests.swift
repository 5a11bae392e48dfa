import E2EE
import Testing

@Suite("A link and what hangs on it")
struct LinkTests {
    private let crypto = SwiftCryptoProvider()
    private let path = "AAECAwQFBgcICQoLDA0ODw"
    private let guest = "ARAREhMUFRYXGBkaGxwdHh95ZVhzPdwKbqA9iLXTxxg2"
    private let host = "AhAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-Pw"
    private let personal =
        "AxAREhMUFRYXGBkaGxwdHh95ZVhzPdwKbqA9iLXTxxg2cHFyc3R1dnd4eXp7fH1-f4CBgoOEhYaHiImKi4yNjo8"

    private func link(_ path: String, _ fragment: String) throws(LinkError) -> Link {
        try Link(meetingID: Array(path.utf8).span, fragment: Array(fragment.utf8).span, self.crypto)
    }

    private func failure(_ path: String, _ fragment: String) -> LinkError? {
        do throws(LinkError) {
            _ = try self.link(path, fragment)
            return nil
        } catch {
            return error
        }
    }

    @Test("a host's link carries the seed, and the guest link follows from it")
    func hostLink() throws {
        let link = try Link(
            hostOf: counting(from: 0, 16), inviteSecret: Secret(copying: counting(from: 0x10, 16).span),
            authoritySeed: Secret(copying: counting(from: 0x20, 32).span), self.crypto)
        #expect(String(decoding: link.path, as: UTF8.self) == self.path)
        #expect(String(decoding: link.fragment(), as: UTF8.self) == self.host)
        #expect(String(decoding: link.guestFragment(), as: UTF8.self) == self.guest)
        #expect(hex(link.authorityFingerprint) == "796558733ddc0a6ea03d88b5d3c71836")
        let key = try link.publicKey(self.crypto)
        #expect(key.map { hex($0) } == "29acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd7")
    }

    @Test("each of the three links says what it is and comes out as it went in")
    func threeKinds() throws {
        for (fragment, kind) in [(self.guest, LinkKind.guest), (self.host, .host), (self.personal, .personal)] {
            let link = try self.link(self.path, fragment)
            #expect(link.kind == kind)
            #expect(String(decoding: link.fragment(), as: UTF8.self) == fragment)
            #expect(String(decoding: link.guestFragment(), as: UTF8.self) == self.guest)
            #expect(hex(link.authorityFingerprint) == "796558733ddc0a6ea03d88b5d3c71836")
        }
        let ticket = try self.link(self.path, self.personal).publicKey(self.crypto)
        #expect(ticket.map { hex($0) } == "1ce56a48c82ff99162a14bc544612674e5d61fb9317e65d4055780fdbcb4dc35")
    }

    @Test("a job is a link with what a service is to be, and with a certificate of its key; a damaged one is none")
    func job() throws {
        let host = try self.link(self.path, self.host)
        let info = ServiceInfo(
            role: .captions, ownerKey: counting(from: 1, 32), purposes: .transcribe, place: .participant)
        let made = try host.service(info, instance: 3, notBefore: 5, notAfter: 9, self.crypto)
        let fragment = made.fragment()
        #expect(fragment.count == 374)
        let link = try self.link(self.path, String(decoding: fragment, as: UTF8.self))
        let found = link.job
        let job = try #require(found)
        #expect(link.kind == .service && link.fragment() == fragment && job.info == info)
        #expect(String(decoding: link.guestFragment(), as: UTF8.self) == self.guest)
        let key = try link.publicKey(self.crypto), authority = try host.publicKey(self.crypto) ?? []
        let certificate = job.certificate
        #expect(certificate.subjectKey == key && certificate.kind == .leaf && certificate.role == .captions)
        #expect(certificate.rights == [] && certificate.instance.number == 3)
        #expect(certificate.notBefore == 5 && certificate.notAfter == 9)
        #expect(certificate.isSigned(by: authority, self.crypto))
        // Another role than the certificate's, and another meeting.
        var bytes = try #require(Base64URL.decode(fragment.span))
        bytes[65] = Role.recorder.rawValue
        let other = String(decoding: Base64URL.encode(bytes.span), as: UTF8.self)
        #expect(self.failure(self.path, other) == .damaged)
        #expect(self.failure("A" + self.path.dropFirst(), String(decoding: fragment, as: UTF8.self)) == nil)
        #expect(self.failure("B" + self.path.dropFirst(), String(decoding: fragment, as: UTF8.self)) == .damaged)
        #expect(throws: E2EEError(.usage, .unsupported)) {
            let guest = try self.link(self.path, self.guest)
            _ = try guest.service(info, instance: 3, notBefore: 5, notAfter: 9, self.crypto).fragment()
        }
    }

    @Test(
        "every name derived from the invite secret has its known answer",
        arguments: [
            (Invite.Name.identifier, "c5735c90d8b86be438e4c76d8cde1c2d"),
            (.preSharedKey, "948c263c9d18de8f5bf71e34f103c3022a587bc960b550ecf2f8a7db473076ec"),
            (.card, "875d2b092606498b0564aefc3142d18a479bcfbc71582171aa675439f3846dc1"),
            (.lobbyCardKey, "1f1c83c8f9473ddc88f3eb5f984e9f581d7eaab646d4bcfcd500bc2bb8d73f8e"),
            (.lobbyMAC, "fb78c2327ee249a08046698013e37c6adfdb7d8323d1162b6a4e63404dc1e23c"),
            (.joinMAC, "49cef0aef5ffdd6e1f6df23edb9f7dd2fe5b1c88bf99a1e1d52e7aac26991f5c"),
        ])
    func derivedNames(name: Invite.Name, answer: String) throws {
        for fragment in [self.guest, self.host, self.personal] {
            let invite = try self.link(self.path, fragment).invite(self.crypto)
            let bytes = invite.derive(name, self.crypto)
            let expected = Secret(copying: hex(answer).span)
            let isEqual = bytes == expected
            #expect(isEqual)
        }
        let prk = Secret(copying: hex("95b44f4c8ae519abcc2c8a2b8e2e4771a901ac370dcb4871212e326175f32431").span)
        let invite = Invite(pseudorandomKey: prk)
        let bytes = invite.derive(name, self.crypto)
        let expected = Secret(copying: hex(answer).span)
        let isEqual = bytes == expected
        #expect(isEqual)
    }

    @Test("a damaged link is called damaged, and a link from the future asks for a newer client")
    func failures() {
        #expect(self.failure(self.path, self.guest) == nil)
        #expect(self.failure(self.path, String(self.guest.dropLast())) == .damaged)
        #expect(self.failure(self.path, self.guest + "A") == .damaged)
        #expect(self.failure(self.path, self.guest + "=") == .damaged)
        #expect(self.failure(self.path, "") == .damaged)
        #expect(self.failure(self.path, self.guest.replacing("h95Z", with: "h9+Z")) == .damaged)
        #expect(self.failure(String(self.path.dropLast()), self.guest) == .damaged)
        // The last character of a 22-character id has four unused bits: "w" stands for zero ones, "x" does not.
        #expect(self.failure(self.path.dropLast() + "x", self.guest) == .damaged)
        #expect(self.failure(self.path, "BRAREhMUFRYXGBkaGxwdHh95ZVhzPdwKbqA9iLXTxxg2") == .newer)
        #expect(self.failure(self.path, "ABAREhMUFRYXGBkaGxwdHh95ZVhzPdwKbqA9iLXTxxg2") == .damaged, "no version was 0")
        #expect(self.failure(self.path, "AhAREhMUFRYXGBkaGxwdHh95ZVhzPdwKbqA9iLXTxxg2") == .damaged)
    }
}
