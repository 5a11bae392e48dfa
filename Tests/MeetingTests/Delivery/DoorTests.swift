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
}
