import BeraadTesting
import Meeting
import Signalling
import Testing

/// What somebody has had is worth nothing once they are out (`e2ee.md` 3.2, 5).
@Suite("Whoever was put out has nothing left", .promise("P-028"))
struct RevokeTests {
    private static let ticket = Authority.signingKey(60)

    private static var certificate: [UInt8] {
        Authority.certificate(
            by: Authority().key, for: Authority.publicKey(of: Self.ticket), kind: 2, role: .participant, rights: 0xC0)
    }

    private static var hash: [UInt8] { Authority.hash(of: Self.ticket) }

    private func handedOut(_ scene: DeliveryScene) throws -> [UInt8] {
        let get = DeliveryCommand.Get(what: .descriptors, group: GroupID([]), from: 0, hash: Self.hash)
        guard case .data(.descriptors(_, _, let certificate)) = scene.say(.get(get), from: scene.connect()) else {
            throw DeliveryScene.Unexpected()
        }
        return certificate
    }

    @Test("the certificate of a personal link is handed out to whoever asks by its key, until its holder is put out")
    func certificate() throws {
        let scene = try DeliveryScene(certificates: [Self.hash: Self.certificate])
        let people = try scene.meeting(members: 2)
        let chain = try scene.authority.ticketChain(for: people[1].publicKey, ticket: Self.ticket)
        #expect(scene.bind(people[1], leaf: 1, chain: chain) == .ok)
        #expect(try self.handedOut(scene) == Self.certificate)
        scene.revoke(people[2])
        #expect(try self.handedOut(scene) == Self.certificate)
        scene.revoke(people[1])
        #expect(try self.handedOut(scene) == [])
        // Somebody who kept it is no further.
        let again = scene.connect(.stranger)
        let kept = try scene.authority.ticketChain(for: again.publicKey, ticket: Self.ticket)
        #expect(scene.show(kept, of: again) == .failed(.denied))
    }

    @Test("a personal link that was taken back opens nothing, and what was shown by it counts no more")
    func takenBack() throws {
        let scene = try DeliveryScene(certificates: [Self.hash: Self.certificate])
        let people = try scene.meeting(members: 1)
        let chain = try scene.authority.ticketChain(for: people[1].publicKey, ticket: Self.ticket)
        #expect(scene.bind(people[1], leaf: 1, chain: chain) == .ok)
        let waiting = scene.connect()
        let theirs = try scene.authority.ticketChain(for: waiting.publicKey, ticket: Self.ticket)
        #expect(scene.show(theirs, of: waiting) == .ok)
        #expect(scene.say(DeliveryScene.get(.groupInfo), from: waiting) != .failed(.denied))
        scene.revoke(ticket: Self.ticket)
        #expect(try self.handedOut(scene) == [])
        #expect(scene.say(DeliveryScene.get(.groupInfo), from: waiting) == .failed(.denied))
        #expect(scene.show(theirs, of: waiting) == .failed(.denied))
        #expect(scene.bind(people[1], leaf: 1, chain: chain) == .failed(.denied))
        #expect(scene.say(.commit(scene.commit(by: 1)), from: people[1]) == .failed(.denied))
        // Nobody was put out: that is a host's to say.
        #expect(scene.say(scene.app(), from: people[1]) == .ok)
        // A host that comes is no stranger for it.
        let host = scene.connect(.stranger)
        #expect(scene.show(try scene.authority.chain(.host, for: host.publicKey), of: host) == .ok)
    }

    @Test("whoever came by a link that was taken back is nobody in particular once they are taken for lost")
    func takenBackAndLost() throws {
        let scene = try DeliveryScene(certificates: [Self.hash: Self.certificate])
        let people = try scene.meeting(members: 2)
        let chain = try scene.authority.ticketChain(for: people[2].publicKey, ticket: Self.ticket)
        #expect(scene.bind(people[2], leaf: 2, chain: chain) == .ok)
        scene.revoke(ticket: Self.ticket)
        scene.drop(people[2])
        scene.play(.seconds(30))
        try scene.mustCommit(people[0], by: 0, removed: [2])
        let again = scene.connect(.waits, owes: true, key: people[2].key)
        #expect(scene.bind(again, leaf: 2) == .failed(.denied))
        #expect(scene.settled.isEmpty)
        #expect(scene.say(DeliveryScene.get(.groupInfo), from: again) == .failed(.denied))
    }

    @Test("a leaf of somebody who was put out settles no passcode")
    func leafOfSomebodyOut() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        scene.revoke(people[1])
        let again = scene.connect(.waits, owes: true, key: people[1].key)
        _ = scene.bind(again, leaf: 1)
        #expect(scene.settled.isEmpty)
    }

    @Test("a link that was taken back before the meeting stays so, however many are put out in it")
    func forGood() throws {
        let revoked = Authority.publicKey(of: Self.ticket)
        let scene = try DeliveryScene(revoked: [revoked])
        _ = try scene.meeting(members: 1)
        for number in 0..<1_200 {
            _ = scene.delivery.revoke(Authority.publicKey(of: Authority.signingKey(500 + number)))
        }
        scene.delivery.add([try #require(TicketCertificate(Self.certificate))])
        #expect(try self.handedOut(scene) == [])
        let person = scene.connect(.joins)
        let chain = try scene.authority.ticketChain(for: person.publicKey, ticket: Self.ticket)
        #expect(scene.show(chain, of: person) == .failed(.denied))
    }

    @Test("personal links that are made during the meeting are handed out, but for those of people who were put out")
    func later() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        #expect(try self.handedOut(scene) == [])
        let ticket = try #require(TicketCertificate(Self.certificate))
        scene.delivery.add([ticket])
        #expect(try self.handedOut(scene) == Self.certificate)
        let chain = try scene.authority.ticketChain(for: people[1].publicKey, ticket: Self.ticket)
        #expect(scene.bind(people[1], leaf: 1, chain: chain) == .ok)
        scene.revoke(people[1])
        scene.delivery.add([ticket])
        #expect(try self.handedOut(scene) == [])
    }

    @Test("whoever came by a personal link and became a co-host loses the link as well", arguments: [false, true])
    func promoted(_ isBack: Bool) throws {
        let scene = try DeliveryScene(certificates: [Self.hash: Self.certificate])
        let people = try scene.meeting(members: 1)
        let own = try scene.authority.ticketChain(for: people[1].publicKey, ticket: Self.ticket)
        #expect(scene.bind(people[1], leaf: 1, chain: own) == .ok)
        let given = try Authority.chain(
            Authority.certificate(by: people[0].key, for: people[1].publicKey, role: .cohost, rights: 0xF7),
            Authority.certificate(by: scene.authority.key, for: people[0].publicKey, role: .host, rights: 0xFF))
        if isBack { scene.drop(people[1]) }
        // On another line nothing else is shown.
        let bram = isBack ? scene.connect(key: people[1].key) : people[1]
        #expect(scene.bind(bram, leaf: 1, chain: given) == .ok)
        #expect(scene.delivery.takeMembership()?.last?.person == Authority.publicKey(of: Self.ticket))
        scene.revoke(people[1])
        #expect(try self.handedOut(scene) == [])
        let again = scene.connect()
        let kept = try scene.authority.ticketChain(for: again.publicKey, ticket: Self.ticket)
        #expect(scene.show(kept, of: again) == .failed(.denied))
    }

    @Test("until the Commit is there, whoever was put out commits nothing, judges nothing and takes no other leaf")
    func until() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let chain = try scene.authority.chain(.cohost, for: people[1].publicKey)
        #expect(scene.bind(people[1], leaf: 1, chain: chain) == .ok)
        scene.revoke(people[1])
        #expect(scene.say(.commit(scene.commit(by: 1)), from: people[1]) == .failed(.denied))
        #expect(scene.say(.reserve(DeliveryScene.group), from: people[1]) == .failed(.denied))
        #expect(scene.say(scene.joining(people[1], leaf: 2, removed: [1]), from: people[1]) == .failed(.denied))
        #expect(scene.bind(people[1], leaf: 1, chain: chain) == .failed(.denied))
        #expect(scene.say(.knock(try LobbyBytes.request()), from: scene.connect()) == .ok)
        #expect(!scene.heard(by: people[1]).contains { if case .lobby = $0 { true } else { false } })
        // The host's Commit, which takes it out, is not in anybody's hands but the host's.
        try scene.mustCommit(people[0], by: 0, removed: [1])
        #expect(scene.say(scene.app(), from: people[1]) == .failed(.denied))
    }

    @Test("a certificate holds for whoever is put out as a co-host of a host, and not for that host")
    func issuer() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let chain = try Authority.chain(
            Authority.certificate(by: people[0].key, for: people[1].publicKey, role: .cohost, rights: 0xF7),
            Authority.certificate(by: scene.authority.key, for: people[0].publicKey, role: .host, rights: 0xFF))
        #expect(scene.bind(people[1], leaf: 1, chain: chain) == .ok)
        scene.revoke(people[1])
        #expect(
            scene.bind(people[0], leaf: 0, chain: try scene.authority.chain(.host, for: people[0].publicKey)) == .ok)
        #expect(scene.bind(people[1], leaf: 1, chain: chain) == .failed(.denied))
    }

    @Test("whom a host who is put out made a co-host is a guest, and may be a co-host of another one")
    func madeByHost() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        let second = try scene.authority.chain(.host, for: people[1].publicKey)
        #expect(scene.bind(people[1], leaf: 1, chain: second) == .ok)
        func chain(by host: Int) throws -> Chain {
            try Authority.chain(
                Authority.certificate(by: people[host].key, for: people[2].publicKey, role: .cohost, rights: 0xF7),
                Authority.certificate(by: scene.authority.key, for: people[host].publicKey, role: .host, rights: 0xFF))
        }
        #expect(scene.bind(people[2], leaf: 2, chain: try chain(by: 1)) == .ok)
        scene.revoke(people[1])
        #expect(scene.delivery.takeMembership()?.map(\.powers.isCertified) == [true, false, false])
        #expect(scene.say(.reserve(DeliveryScene.group), from: people[2]) == .failed(.denied))
        #expect(scene.say(.commit(scene.commit(by: 1)), from: people[1]) == .failed(.denied))
        try scene.mustCommit(people[2], by: 2)
        #expect(scene.say(scene.app(), from: people[2]) == .ok)
        // Its client may not have heard of it, and shows what it has.
        #expect(scene.bind(people[2], leaf: 2, chain: try chain(by: 1)) == .ok)
        #expect(scene.say(.reserve(DeliveryScene.group), from: people[2]) == .failed(.denied))
        #expect(scene.bind(people[2], leaf: 2, chain: try chain(by: 0)) == .ok)
        #expect(scene.say(.commit(scene.commit(by: 2, removed: [1])), from: people[2]) == .ok)
    }

    @Test("a co-host whose leaf was taken out is none any more, on the same connection or on another")
    func cohost() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let chain = try scene.authority.chain(.cohost, for: people[1].publicKey)
        #expect(scene.bind(people[1], leaf: 1, chain: chain) == .ok)
        try scene.mustCommit(people[0], by: 0, removed: [1])
        for what in [.groupInfo, .tree, .log] as [DeliveryCommand.Get.What] {
            #expect(scene.say(DeliveryScene.get(what), from: people[1]) == .failed(.denied))
        }
        #expect(scene.say(scene.joining(people[1], leaf: 2), from: people[1]) == .failed(.denied))
        scene.revoke(people[1])
        let again = scene.connect(key: people[1].key)
        #expect(scene.show(chain, of: again) == .failed(.denied))
    }

    @Test("whoever comes back into its own leaf is still what it has shown")
    func resync() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        #expect(scene.say(scene.joining(people[0], leaf: 0, removed: [0]), from: people[0]) == nil)
        scene.say(.ack(.init(group: DeliveryScene.group, seq: 1 << 63 | 1, verdict: .ok)), from: people[1])
        guard case .data(.groupInfo) = scene.say(DeliveryScene.get(.groupInfo), from: people[0]) else {
            throw DeliveryScene.Unexpected()
        }
    }

    @Test("a stranger from a blocked network may not knock; a host's certificate or a personal link lets it")
    func stranger() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let stranger = scene.connect(.stranger)
        #expect(scene.say(.knock(try LobbyBytes.request()), from: stranger) == .failed(.denied))
        #expect(scene.say(DeliveryScene.get(.groupInfo), from: stranger) == .failed(.denied))
        guard case .data(.descriptors) = scene.say(DeliveryScene.get(.descriptors), from: stranger) else {
            throw DeliveryScene.Unexpected()
        }
        let chains =
            [
                { key in try scene.authority.ticketChain(for: key, ticket: Self.ticket) },
                { key in try scene.authority.chain(.host, for: key) },
            ] as [(LeafKey) throws -> Chain]
        for (mark, chain) in chains.enumerated() {
            let known = scene.connect(.stranger)
            #expect(scene.show(try chain(known.publicKey), of: known) == .ok)
            guard case .data(.groupInfo) = scene.say(DeliveryScene.get(.groupInfo), from: known) else {
                throw DeliveryScene.Unexpected()
            }
            #expect(scene.say(.knock(try LobbyBytes.request(mark: UInt8(mark + 5))), from: known) == .ok)
        }
        // A member that comes back from there is a member.
        scene.drop(people[1])
        let back = scene.connect(.stranger, key: people[1].key)
        #expect(scene.bind(back, leaf: 1) == .ok)
        #expect(scene.say(scene.app(), from: back) == .ok)
    }
}
