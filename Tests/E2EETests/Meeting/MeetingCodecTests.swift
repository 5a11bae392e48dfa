import BeraadTesting
import E2EE
import Testing

@Suite("The meeting's structs on the wire")
struct MeetingCodecTests {
    /// A sample of each sort of `MeetingFuzz.part`, and whether bytes are one.
    private func samples() throws -> [(sort: UInt8, bytes: [UInt8])] {
        let scene = Scene()
        let claims = AssertionClaims(
            salt: counting(from: 0, 32), organisation: [65], subject: [66], name: [67], email: [68])
        let account = try DeviceStatement.serverSignature(
            [70], device: Person.device.key, by: Person.host.secret, native)
        let device = try DeviceStatement(
            account: [70], device: Person.device.key, leaf: Person.anna.key, occasion, notAfter: 9,
            serverSignature: account
        ).signed(by: Person.device.secret, native)
        let seed = heldSecret(counting(from: 0, 32))
        let invite = heldSecret(counting(from: 0, 16))
        let host = leader(.host, .host)
        let key = Person.host.secret
        let card = LobbyCard(name: [1, 2], note: [3], language: [4], claims: claims, device: device)
        var policy = scene.policy
        policy.roles = [leader(.anna, .cohost)]
        policy.revoked = [Revocation(key: Person.stranger.key, scope: .out)]
        let lobby = try LobbyDescriptor(
            occasion, revision: 1, lobbyKey: [UInt8](repeating: 1, count: 1_216), cardNonce: counting(from: 0, 12),
            card: [1, 2, 3]
        ).signed(by: key, native)
        let meetingCard = MeetingCard(title: [1], hostName: [2], agenda: [], language: [3], start: 4, minutes: 5)
        let leafs = leaf(.recorder, serviceChain(.recorder), service: recording, assertion: assertion(.recorder))
        let request = try self.request()
        let answer = LobbyAnswer(
            requestHash: counting(from: 0, 32), nonce: counting(from: 1, 32), wordlist: 2, issuer: host)
        return [
            (0, certificate(.host, by: .authority, .host).encoded), (1, serviceChain(.recorder).encoded),
            (2, scene.policy.descriptor.encoded), (3, lobby.encoded), (4, meetingCard.encoded), (5, policy.encoded),
            (6, policy.revoked[0].encoded), (7, recording.encoded), (8, leafs.extensions[0].data),
            (9, assertion(.anna).encoded), (10, claims.encoded), (11, device.encoded),
            (12, JoinAuth.reentry(pass(.anna)).encoded), (12, JoinAuth.role.encoded),
            (13, CommitAuth(passes: [pass(.anna), pass(.bram)]).encoded),
            (14, scene.selfAdd(leaf(.newcomer)).authenticatedData), (15, pass(.anna).encoded),
            (
                16,
                try Bundle(occasion, authoritySeed: seed, inviteSecret: invite, sealer: host).signed(by: key, native)
                    .encoded
            ),
            (17, request.encoded), (18, card.encoded), (19, try answer.signed(by: key, native).encoded),
            (20, LobbyReveal(requestHash: counting(from: 0, 32), nonce: counting(from: 0, 32)).encoded),
            (21, try LobbyNote(text: [1], inviteSecret: invite, issuer: host).signed(by: key, native).encoded),
            (
                21,
                try SignedProfile(
                    leaf: Person.anna.key, groupID: counting(from: 0, 32), revision: 1, name: [65], language: [66],
                    claims: claims, device: device
                ).signed(by: Person.anna.secret, native).encoded
            ),
        ]
    }

    private func request() throws -> LobbyRequest {
        let lobbySecret = LobbyKey.derive(authoritySeed: Person.authority.secret, occasion, native)
        let lobby = LobbyDescriptor(
            occasion, revision: 0, lobbyKey: try LobbyKey.publicKey(of: lobbySecret, native), cardNonce: [], card: [])
        return try Lobby.request(
            package(leaf(.newcomer)), LobbyCard(name: [1], note: [], language: []), nonce: counting(from: 0, 32),
            lobby, Scene().invite, native)
    }

    private func isRead(_ sort: UInt8, _ bytes: [UInt8]) -> Bool {
        switch sort {
        case 0: (try? RoleCertificate(decoding: bytes)) != nil
        case 1: (try? Chain(decoding: bytes)) != nil
        case 2: (try? MeetingDescriptor(decoding: bytes)) != nil
        case 3: (try? LobbyDescriptor(decoding: bytes)) != nil
        case 4: (try? MeetingCard(decoding: bytes)) != nil
        case 5: (try? MeetingPolicy(decoding: bytes)) != nil
        case 6: (try? Revocation(decoding: bytes)) != nil
        case 7: (try? ServiceInfo(decoding: bytes)) != nil
        case 8: (try? BeraadLeaf(decoding: bytes)) != nil
        case 9: (try? OrgAssertion(decoding: bytes)) != nil
        case 10: (try? AssertionClaims(decoding: bytes)) != nil
        case 11: (try? DeviceStatement(decoding: bytes)) != nil
        case 12: (try? JoinAuth(decoding: bytes)) != nil
        case 13: (try? CommitAuth(decoding: bytes)) != nil
        case 14: (try? AddAuth(decoding: bytes)) != nil
        case 15: (try? ReentryPass(decoding: bytes)) != nil
        case 16: (try? Bundle(decoding: bytes)) != nil
        case 17: (try? LobbyRequest(decoding: bytes)) != nil
        case 18: (try? LobbyCard(decoding: bytes)) != nil
        case 19: (try? LobbyAnswer(decoding: bytes)) != nil
        case 20: (try? LobbyReveal(decoding: bytes)) != nil
        default: (try? LobbyNote(decoding: bytes)) != nil || (try? SignedProfile(decoding: bytes)) != nil
        }
    }

    @Test("every struct is read from its own bytes, and from nothing shorter or longer")
    func exact() throws {
        for (sort, bytes) in try self.samples() {
            #expect(self.isRead(sort, bytes), "\(sort)")
            #expect(!self.isRead(sort, bytes + [0]), "\(sort)")
            for count in [0, 1, bytes.count / 2, bytes.count - 1] where count < bytes.count {
                #expect(!self.isRead(sort, Array(bytes.prefix(count))), "\(sort) \(count)")
            }
            let door = [sort] + bytes
            MeetingFuzz.part(door.span)
        }
    }

    @Test("no decoder traps on changed bytes, and what it reads it writes again")
    func doors() throws {
        var chance = SeededGenerator(seed: 4_713)
        for (sort, sample) in try self.samples() {
            for round in 0..<300 {
                var bytes = sample
                for _ in 0...(round % 4) {
                    bytes[Int(chance.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: chance.next())
                }
                if round.isMultiple(of: 3) { bytes.removeLast(Int(chance.next() % UInt64(bytes.count))) }
                if round.isMultiple(of: 7) { bytes.append(0) }
                let door = [round.isMultiple(of: 2) ? sort : UInt8(round % MeetingFuzz.sorts)] + bytes
                MeetingFuzz.part(door.span)
            }
        }
        for length in 0..<200 {
            let door = chance.bytes(length)
            MeetingFuzz.part(door.span)
        }
    }

    @Test("lists and texts are bounded, and a length has one spelling")
    func bounds() throws {
        let one = certificate(.host, by: .authority, .host)
        #expect(throws: E2EEError(.codec, .malformed)) { _ = try Chain(decoding: [0]) }
        #expect(throws: E2EEError(.codec, .malformed)) {
            _ = try Chain(decoding: Chain(Array(repeating: one, count: 6)).encoded)
        }
        let passes = CommitAuth(passes: Array(repeating: pass(.anna), count: 129)).encoded
        #expect(throws: E2EEError(.codec, .malformed)) { _ = try CommitAuth(decoding: passes) }
        #expect(throws: E2EEError(.codec, .malformed)) { _ = try CommitAuth(decoding: [0x40, 0]) }
        #expect(throws: E2EEError(.codec, .malformed)) { _ = try CommitAuth(decoding: [0x80, 0, 0, 0]) }
        var policy = Scene().policy
        policy.roles = Array(repeating: serviceChain(.recorder), count: 200)
        #expect(policy.encoded.count > MeetingPolicy.byteCountMax)
        #expect(throws: E2EEError(.codec, .malformed)) { _ = try MeetingPolicy(decoding: policy.encoded) }
        #expect(throws: E2EEError(.codec, .malformed)) { _ = try JoinAuth(decoding: [5]) }
    }

    @Test("every lobby card is 1024 or 2048 bytes, whatever stands in it")
    func cards() throws {
        var counts: Set<Int> = []
        for note in 0...500 {
            let card = LobbyCard(
                name: [UInt8](repeating: 65, count: 255), note: [UInt8](repeating: 66, count: note),
                language: [UInt8](repeating: 67, count: 35),
                claims: AssertionClaims(
                    salt: counting(from: 0, 32), organisation: [UInt8](repeating: 1, count: note / 2), subject: [],
                    name: [], email: []))
            let bytes = card.encoded
            counts.insert(bytes.count)
            #expect(try LobbyCard(decoding: bytes) == card)
        }
        #expect(counts == [1_024, 2_048])
        var bytes = LobbyCard(name: [1], note: [], language: []).encoded
        bytes[1_023] = 1
        #expect(throws: E2EEError(.codec, .malformed)) { _ = try LobbyCard(decoding: bytes) }
    }
}
