import Meeting
import Testing

@Suite("At the door")
struct DoorTests {
    private func lobby(_ scene: DeliveryScene, _ peer: DeliveryScene.Peer) -> [LobbyMessage] {
        scene.heard(by: peer).compactMap { if case .lobby(let message) = $0 { message } else { nil } }
    }

    @Test("a knock reaches hosts and co-hosts and nobody else, and its answer the one who knocked")
    func relay() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        #expect(
            scene.bind(people[1], leaf: 1, chain: try scene.authority.chain(.cohost, for: people[1].publicKey)) == .ok)
        let guest = scene.connect()
        let other = scene.connect()
        let request = try LobbyBytes.request()
        #expect(scene.say(.knock(request), from: guest) == .ok)
        #expect(self.lobby(scene, people[0]) == [.request(request)])
        #expect(self.lobby(scene, people[1]) == [.request(request)])
        #expect(self.lobby(scene, people[2]) == [])

        let hash = RequestHash(of: request.bytes)
        let answer = try LobbyBytes.answer(hash, try scene.authority.chain(.host, for: people[0].publicKey))
        #expect(scene.say(.answer(answer), from: people[2]) == .failed(.denied))
        #expect(scene.say(.answer(answer), from: people[0]) == .ok)
        #expect(self.lobby(scene, guest) == [.answer(answer)])
        #expect(self.lobby(scene, other) == [])

        let reveal = LobbyReveal(request: hash, nonce: [UInt8](repeating: 1, count: 32))
        #expect(scene.say(.reveal(reveal), from: other) == .failed(.denied))
        #expect(scene.say(.reveal(reveal), from: guest) == .ok)
        // Once: a second one says nothing new to anybody.
        #expect(scene.say(.reveal(reveal), from: guest) == .failed(.denied))
        #expect(self.lobby(scene, people[0]) == [.reveal(reveal)])
        #expect(self.lobby(scene, people[2]) == [])
    }

    @Test("who knocks before the host is there is not forgotten")
    func early() throws {
        let scene = try DeliveryScene()
        let guest = scene.connect()
        let second = scene.connect()
        let requests = try [1, 2].map { try LobbyBytes.request(mark: $0) }
        scene.say(.knock(requests[0]), from: guest)
        scene.say(.knock(requests[1]), from: second)
        let host = try scene.host()
        #expect(self.lobby(scene, host) == requests.map { .request($0) })
    }

    @Test("a refusal is told, and ends the knock")
    func refused() throws {
        let scene = try DeliveryScene()
        let host = try scene.host()
        let guest = scene.connect()
        let request = try LobbyBytes.request()
        scene.say(.knock(request), from: guest)
        let note = LobbyNote(
            request: RequestHash(of: request.bytes), encapsulated: [1], ciphertext: [2], decision: .refused)
        #expect(scene.say(.note(note), from: host) == .ok)
        #expect(self.lobby(scene, guest) == [.note(note)])
        #expect(scene.say(.note(note), from: host) == .failed(.gone))
    }

    @Test("without a host the first successor that is here answers the door")
    func successor() throws {
        let key = Authority.signingKey(3)
        let descriptor = try Authority().descriptor(successors: [Authority.publicKey(of: key)])
        let scene = try DeliveryScene(descriptor: descriptor)
        let people = try scene.meeting(members: 2)
        #expect(people[2].publicKey == Authority.publicKey(of: key))
        scene.drop(people[0])
        scene.forgetHeard()
        let guest = scene.connect()
        let request = try LobbyBytes.request()
        scene.say(.knock(request), from: guest)
        #expect(self.lobby(scene, people[1]) == [])
        #expect(self.lobby(scene, people[2]) == [.request(request)])
    }

    @Test("a knock at another meeting's door, or before the link was shown, is none")
    func wrongDoor() throws {
        let scene = try DeliveryScene()
        let guest = scene.connect()
        let wrong = [UInt8](repeating: 9, count: 16)
        #expect(scene.say(.knock(try LobbyBytes.request(meeting: wrong)), from: guest) == .failed(.malformed))
        #expect(scene.say(.knock(try LobbyBytes.request(instance: 1)), from: guest) == .failed(.malformed))
        let stranger = scene.connect(.stranger)
        #expect(scene.say(.knock(try LobbyBytes.request()), from: stranger) == .failed(.denied))
        // The same knock of somebody who has shown the link.
        #expect(scene.say(.knock(try LobbyBytes.request()), from: guest) == .ok)
    }

    @Test("a connection knocks six times an hour")
    func rate() throws {
        let scene = try DeliveryScene()
        let guest = scene.connect()
        for mark in 1...6 { #expect(scene.say(.knock(try LobbyBytes.request(mark: UInt8(mark))), from: guest) == .ok) }
        #expect(scene.say(.knock(try LobbyBytes.request(mark: 7)), from: guest) == .failed(.rate))
        scene.pass(.seconds(600))
        #expect(scene.say(.knock(try LobbyBytes.request(mark: 7)), from: guest) == .ok)
        #expect(scene.say(.knock(try LobbyBytes.request(mark: 8)), from: guest) == .failed(.rate))
    }

    @Test("nothing is opened before a host has answered, and then once")
    func reveals() throws {
        let scene = try DeliveryScene()
        let host = try scene.host()
        let guest = scene.connect()
        let request = try LobbyBytes.request()
        scene.say(.knock(request), from: guest)
        let hash = RequestHash(of: request.bytes)
        let reveal = LobbyReveal(request: hash, nonce: [UInt8](repeating: 1, count: 32))
        #expect(scene.say(.reveal(reveal), from: guest) == .failed(.denied))
        #expect(self.lobby(scene, host) == [.request(request)])
        let answer = try LobbyBytes.answer(hash, try scene.authority.chain(.host, for: host.publicKey))
        for _ in 0..<2 { #expect(scene.say(.answer(answer), from: host) == .ok) }
        for index in 0..<3 {
            #expect(scene.say(.reveal(reveal), from: guest) == (index == 0 ? .ok : .failed(.denied)))
        }
        #expect(self.lobby(scene, host) == [.reveal(reveal)])
    }

    @Test("one answer counts: all who answer the door hear it, now or when they come, and no other is passed on")
    func oneAnswer() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        let chains = try people.map { try scene.authority.chain(.host, for: $0.publicKey) }
        #expect(scene.bind(people[1], leaf: 1, chain: chains[1]) == .ok)
        let guest = scene.connect()
        let request = try LobbyBytes.request(), hash = RequestHash(of: request.bytes)
        scene.say(.knock(request), from: guest)
        let answers = try chains.map { try LobbyBytes.answer(hash, $0) }
        let reveal = LobbyReveal(request: hash, nonce: [UInt8](repeating: 1, count: 32))
        #expect(scene.say(.answer(answers[0]), from: people[0]) == .ok)
        #expect(scene.say(.answer(answers[1]), from: people[1]) == .failed(.conflict))
        #expect(self.lobby(scene, guest) == [.answer(answers[0])])
        #expect(self.lobby(scene, people[0]) == [.request(request)])
        #expect(self.lobby(scene, people[1]) == [.request(request), .answer(answers[0])])
        // It got lost, and is said again: by whomever it is the same.
        #expect(scene.say(.answer(answers[0]), from: people[1]) == .ok)
        #expect(self.lobby(scene, guest) == [.answer(answers[0])] && self.lobby(scene, people[0]) == [])
        #expect(scene.bind(people[2], leaf: 2, chain: chains[2]) == .ok)
        #expect(self.lobby(scene, people[2]) == [.request(request), .answer(answers[0])])
        #expect(scene.say(.reveal(reveal), from: guest) == .ok)
        for host in people.prefix(3) { #expect(self.lobby(scene, host) == [.reveal(reveal)]) }
        #expect(scene.say(.answer(answers[2]), from: people[2]) == .failed(.conflict))
        // Also on another line of whoever knocked.
        scene.say(.knock(request), from: scene.connect())
        #expect(scene.say(.answer(answers[1]), from: people[1]) == .failed(.conflict))
        _ = people.map { self.lobby(scene, $0) }
        #expect(scene.bind(people[3], leaf: 3, chain: chains[3]) == .ok)
        #expect(self.lobby(scene, people[3]) == [.request(request), .answer(answers[0]), .reveal(reveal)])
        #expect(scene.delivery.storedBytes >= request.bytes.count + answers[0].bytes.count)
    }

    @Test("where a host answers the door no co-host's answer is taken, and without one it is")
    func hostAnswers() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        for leaf in 1...2 {
            let chain = try scene.authority.chain(.cohost, for: people[leaf].publicKey)
            #expect(scene.bind(people[leaf], leaf: UInt32(leaf), chain: chain) == .ok)
        }
        let guest = scene.connect()
        let request = try LobbyBytes.request(), hash = RequestHash(of: request.bytes)
        scene.say(.knock(request), from: guest)
        let answers = try people.map { peer in
            try LobbyBytes.answer(hash, try scene.authority.chain(.cohost, for: peer.publicKey))
        }
        #expect(scene.say(.answer(answers[1]), from: people[1]) == .failed(.conflict))
        #expect(self.lobby(scene, guest) == [] && self.lobby(scene, people[0]) == [.request(request)])
        scene.drop(people[0])
        #expect(scene.say(.answer(answers[1]), from: people[1]) == .ok)
        #expect(scene.say(.answer(answers[2]), from: people[2]) == .failed(.conflict))
        #expect(self.lobby(scene, guest) == [.answer(answers[1])])
        #expect(self.lobby(scene, people[2]) == [.request(request), .answer(answers[1])])
    }

    @Test("the same knock on another connection is the same person's, whose line broke; so is the Welcome")
    func takenOver() throws {
        let scene = try DeliveryScene()
        let host = try scene.host()
        let request = try LobbyBytes.request()
        let lines = (0..<3).map { _ in scene.connect() }
        #expect(scene.say(.knock(request), from: lines[0]) == .ok)
        #expect(scene.say(.knock(request), from: lines[1]) == .ok)
        let answer = try LobbyBytes.answer(
            RequestHash(of: request.bytes), try scene.authority.chain(.host, for: host.publicKey))
        #expect(scene.say(.answer(answer), from: host) == .ok)
        #expect(self.lobby(scene, lines[0]) == [] && self.lobby(scene, lines[1]) == [.answer(answer)])
        let added = Added(
            leaf: LeafIndex(1), key: lines[1].publicKey,
            reference: KeyPackageReference(of: MLSBytes.keyPackage(mark: 1)))
        let admission = scene.commit(by: 0, added: [added], welcome: MLSBytes.welcome())
        #expect(scene.say(.commit(admission), from: host) == .ok)
        #expect(self.isWelcome(scene, lines[1]))
        #expect(scene.say(.knock(request), from: lines[2]) == .ok)
        #expect(self.isWelcome(scene, lines[2]))
        // What the Welcome speaks of is for whoever has it now.
        #expect(scene.say(DeliveryScene.get(.tree), from: lines[1]) == .failed(.denied))
        guard case .data(.tree) = scene.say(DeliveryScene.get(.tree), from: lines[2]) else {
            throw DeliveryScene.Unexpected()
        }
    }

    private func isWelcome(_ scene: DeliveryScene, _ peer: DeliveryScene.Peer) -> Bool {
        scene.heard(by: peer).contains { if case .welcome = $0 { true } else { false } }
    }

    @Test("a host hears of thirty-two at once and of the others one after the other, so that its line is not flooded")
    func pace() throws {
        let scene = try DeliveryScene()
        for mark in 0..<70 { scene.say(.knock(try LobbyBytes.request(mark: UInt8(mark))), from: scene.connect()) }
        let host = try scene.host()
        #expect(self.lobby(scene, host).count == 32)
        scene.play(.milliseconds(999))
        #expect(self.lobby(scene, host).count == 0)
        scene.play(.milliseconds(1))
        #expect(self.lobby(scene, host).count == 16)
        scene.play(.seconds(2))
        #expect(self.lobby(scene, host).count == 22)
        #expect(scene.delivery.deadline == nil)
    }

    @Test("knocks are eight kilobytes each, and one megabyte together")
    func size() throws {
        let scene = try DeliveryScene()
        #expect(throws: (any Error).self) { try LobbyBytes.request(pass: 5_000) }
        var taken = 0
        for mark in 0..<250 {
            let request = try LobbyBytes.request(mark: UInt8(mark), pass: 2_500)
            if scene.say(.knock(request), from: scene.connect()) == .ok { taken += request.bytes.count }
        }
        #expect(taken > 1_000_000 && taken <= 1 << 20)
        #expect(scene.delivery.storedBytes <= 1 << 20)
        // Whoever waits may change what they say.
        let last = scene.connect()
        #expect(scene.say(.knock(try LobbyBytes.request(mark: 251, pass: 2_500)), from: last) == .failed(.rate))
    }

    @Test("whoever answers the door next hears who waits")
    func next() throws {
        let key = Authority.signingKey(2)
        let descriptor = try Authority().descriptor(successors: [Authority.publicKey(of: key)])
        let scene = try DeliveryScene(descriptor: descriptor)
        let people = try scene.meeting(members: 1)
        let request = try LobbyBytes.request()
        scene.say(.knock(request), from: scene.connect())
        #expect(self.lobby(scene, people[1]) == [])
        scene.drop(people[0])
        #expect(self.lobby(scene, people[1]) == [.request(request)])
    }
}
