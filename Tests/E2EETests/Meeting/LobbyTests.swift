import E2EE
import Testing

@Suite("The waiting room")
struct LobbyTests {
    private let nonce = counting(from: 3, 32)

    private func lobbySecret() -> Secret {
        LobbyKey.derive(authoritySeed: Person.authority.secret, occasion, native)
    }

    private func lobby() throws -> LobbyDescriptor {
        let card = MeetingCard(
            title: Array("Raad".utf8), hostName: Array("Noor".utf8), agenda: [], language: Array("nl".utf8),
            start: 1, minutes: 60)
        return try LobbyDescriptor.sealing(
            card, occasion, revision: 2, lobbyKey: try LobbyKey.publicKey(of: self.lobbySecret(), native),
            Scene().invite, native
        ).signed(by: Person.authority.secret, native)
    }

    private func invite(_ byte: UInt8) -> InviteKeys {
        let secret = Secret(copying: [UInt8](repeating: byte, count: 32).span)
        return InviteKeys(Invite(pseudorandomKey: secret), native)
    }

    private func own() throws -> OwnKeyPackage {
        let identity = try MeetingGroup.identity(
            BeraadLeaf(occasion, clientVersion: 5), signatureKey: Person.newcomer.secret, native)
        return try MeetingGroup.keyPackage(identity, now: 1_800_000_000, native)
    }

    @Test("the meeting's card opens with the link, and its length tells little")
    func card() throws {
        let lobby = try self.lobby()
        #expect(lobby.isSigned(by: Person.authority.key, native))
        #expect(lobby.card.count == 512 + 16)
        let card = try lobby.meetingCard(Scene().invite, native)
        #expect(card.title == Array("Raad".utf8))
        #expect(card.minutes == 60)
        #expect(throws: E2EEError(.crypto, .authentication)) { _ = try lobby.meetingCard(self.invite(1), native) }
        var older = lobby
        older.revision = 1
        #expect(throws: E2EEError(.crypto, .authentication)) { _ = try older.meetingCard(Scene().invite, native) }
    }

    @Test("a knock is read by the host alone, and says which link it came by")
    func knock() throws {
        let own = try self.own()
        let card = LobbyCard(name: Array("Anna".utf8), note: Array("hallo".utf8), language: Array("nl".utf8))
        let former = self.invite(9)
        let request = try Lobby.request(
            own.keyPackage, card, nonce: self.nonce, pass: pass(.newcomer), try self.lobby(), former, native)
        let sent = try LobbyRequest(decoding: request.encoded)
        let knock = try Lobby.open(
            sent, [Scene().invite, former], lobbyKey: self.lobbySecret(), occasion, native)
        #expect(knock.card == card)
        #expect(knock.keyPackage == own.keyPackage)
        #expect(knock.pass == pass(.newcomer))
        #expect(knock.secretIndex == 1)
        #expect(knock.isFromLink)
        #expect(throws: E2EEError(.crypto, .authentication)) {
            _ = try Lobby.open(sent, [Scene().invite], lobbyKey: self.lobbySecret(), occasion, native)
        }
        #expect(throws: E2EEError(.crypto, .authentication)) {
            _ = try Lobby.open(sent, [former], lobbyKey: Person.stranger.secret, occasion, native)
        }
        var changed = sent
        changed.commitment[0] ^= 1
        #expect(
            try Lobby.open(changed, [former], lobbyKey: self.lobbySecret(), occasion, native).isFromLink == false)
        changed.keyPackage = try self.own().keyPackage.encoded
        #expect(throws: E2EEError.self) {
            _ = try Lobby.open(changed, [former], lobbyKey: self.lobbySecret(), occasion, native)
        }
        #expect(throws: E2EEError(.validation, .wrongGroup)) {
            let other = MeetingInstance(meetingID: occasion.meetingID, number: 8)
            _ = try Lobby.open(sent, [former], lobbyKey: self.lobbySecret(), other, native)
        }
    }

    @Test("both sides see the same four words, and any change gives others")
    func words() throws {
        let scene = Scene()
        let request = try Lobby.request(
            try self.own().keyPackage, LobbyCard(name: [65], note: [], language: []), nonce: self.nonce,
            try self.lobby(), scene.invite, native)
        #expect(request.commitment == Lobby.commitment(of: self.nonce, native))
        #expect(request.commitment != Lobby.commitment(of: counting(from: 4, 32), native))
        let rule = ChainRule(scene.policy, native)
        let hash = request.hash(native)
        let unsigned = LobbyAnswer(
            requestHash: hash, nonce: counting(from: 9, 32), wordlist: 2, issuer: leader(.host, .host))
        let answer = try unsigned.signed(by: Person.host.secret, native)
        #expect(answer.isValid(requestHash: hash, rule))
        #expect(!answer.isValid(requestHash: counting(from: 0, 32), rule))
        #expect(try !unsigned.signed(by: Person.stranger.secret, native).isValid(requestHash: hash, rule))
        var powerless = unsigned
        powerless.issuer = leader(.host, .host, [.policy])
        #expect(try !powerless.signed(by: Person.host.secret, native).isValid(requestHash: hash, rule))

        let words = MeetingCode.words(request, answer, nonce: self.nonce, native)
        #expect(words.count == 4)
        #expect(words.allSatisfy { (0..<2_048).contains($0) })
        #expect(
            MeetingCode.words(try LobbyRequest(decoding: request.encoded), answer, nonce: self.nonce, native) == words)
        var other = request
        other.commitment[5] ^= 1
        #expect(MeetingCode.words(other, answer, nonce: self.nonce, native) != words)
        #expect(MeetingCode.words(request, answer, nonce: counting(from: 4, 32), native) != words)
    }

    @Test("seven pictures for everybody who was counted, and others for everybody else")
    func pictures() {
        let commitment = MeetingCode.compareCommitment(counting(from: 1, 32), native)
        func pictures(_ authenticator: [UInt8], _ nonces: [[UInt8]]) -> [Int] {
            MeetingCode.pictures(
                authenticator: authenticator, commitment: commitment, nonces: nonces,
                hostNonce: counting(from: 1, 32), native)
        }
        let nonces = [counting(from: 5, 32), counting(from: 6, 32)]
        let code = pictures(counting(from: 0, 32), nonces)
        #expect(code.count == 7)
        #expect(code.allSatisfy { (0..<64).contains($0) })
        #expect(pictures(counting(from: 0, 32), nonces) == code)
        #expect(pictures(counting(from: 1, 32), nonces) != code)
        #expect(pictures(counting(from: 0, 32), nonces.reversed()) != code)
    }

    @Test("a note brings the current secret to whoever knocked, from somebody who may admit")
    func note() throws {
        let own = try self.own()
        let scene = Scene()
        let request = try Lobby.request(
            own.keyPackage, LobbyCard(name: [65], note: [], language: []), nonce: self.nonce, try self.lobby(),
            scene.invite, native)
        let rule = ChainRule(scene.policy, native)
        func note(_ chain: Chain, by signer: Person) throws -> HPKECiphertext {
            let note = LobbyNote(text: [7], inviteSecret: heldSecret(counting(from: 0, 16)), issuer: chain)
            return try Lobby.seal(try note.signed(by: signer.secret, native), to: request, native)
        }
        let read = try Lobby.open(try note(leader(.host, .host), by: .host), to: request, own, rule)
        #expect(read.text == [7])
        #expect(read.inviteSecret?.secret.copied() == counting(from: 0, 16))
        #expect(throws: E2EEError(.validation, .signature)) {
            _ = try Lobby.open(try note(leader(.host, .host), by: .stranger), to: request, own, rule)
        }
        #expect(throws: E2EEError(.validation, .signature)) {
            _ = try Lobby.open(try note(ticketed(.bram), by: .bram), to: request, own, rule)
        }
        let other = try self.own()
        #expect(throws: E2EEError.self) {
            _ = try Lobby.open(try note(leader(.host, .host), by: .host), to: request, other, rule)
        }
    }

    @Test("a bundle is believed from one's own devices, or without the seed from a leader")
    func bundle() throws {
        let scene = Scene()
        let rule = ChainRule(scene.policy, native)
        let box = self.lobbySecret()
        let boxKey = try LobbyKey.publicKey(of: box, native)
        func sealed(_ seed: Person?, _ chain: Chain, by signer: Person) throws -> HPKECiphertext {
            let seed = seed.map { HeldSecret($0.secret) }
            return try Bundle(
                occasion, authoritySeed: seed, inviteSecret: heldSecret(counting(from: 0, 16)), sealer: chain
            ).signed(by: signer.secret, native).sealed(to: boxKey, native)
        }
        let full = try sealed(.authority, leader(.host, .host), by: .host)
        #expect(try Bundle.open(full, box, rule, isFromOwnDevice: true).authoritySeed != nil)
        #expect(throws: E2EEError(.validation, .sender)) {
            _ = try Bundle.open(full, box, rule, isFromOwnDevice: false)
        }
        let planted = try sealed(.stranger, leader(.host, .host), by: .host)
        #expect(throws: E2EEError(.validation, .sender)) {
            _ = try Bundle.open(planted, box, rule, isFromOwnDevice: true)
        }
        let light = try sealed(nil, leader(.cohost, .cohost), by: .cohost)
        #expect(try Bundle.open(light, box, rule, isFromOwnDevice: false).authoritySeed == nil)
        for (chain, signer) in [(ticketed(.bram), Person.bram), (leader(.cohost, .cohost), .stranger)] {
            let untrue = try sealed(nil, chain, by: signer)
            #expect(throws: E2EEError(.validation, .signature)) {
                _ = try Bundle.open(untrue, box, rule, isFromOwnDevice: false)
            }
        }
    }
}
