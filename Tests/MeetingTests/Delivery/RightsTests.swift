import Meeting
import Testing

/// The service cannot read what a Commit does. What its sender says of it is believed of those who might do it.
@Suite("What a Commit is said to do needs the right to do it")
struct RightsTests {
    private func added(_ leaf: UInt32, key: Int = 90) -> Added {
        Added(
            leaf: LeafIndex(leaf), key: Authority.publicKey(of: Authority.signingKey(key)),
            reference: KeyPackageReference([]))
    }

    private func answer(
        _ scene: DeliveryScene, _ peer: DeliveryScene.Peer, by leaf: UInt32, added: [Added] = [],
        removed: [UInt32] = []
    ) -> DeliveryEvent? {
        let answer = scene.say(.commit(scene.commit(by: leaf, added: added, removed: removed)), from: peer)
        if answer == .ok { scene.epoch += 1 }
        return answer
    }

    @Test("a guest takes nobody's place away by saying so, the host's least of all")
    func removal() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        for leaf in [0, 2, 9] as [UInt32] {
            #expect(self.answer(scene, people[1], by: 1, removed: [leaf]) == .failed(.denied))
        }
        for (index, peer) in people.enumerated() {
            #expect(scene.say(scene.app(mark: UInt8(index)), from: peer) == .ok)
        }
        #expect(self.answer(scene, people[0], by: 0, removed: [2]) == .ok)
        #expect(scene.say(scene.app(), from: people[2]) == .failed(.denied))
    }

    @Test("whoever said goodbye, and whoever the server has given up, anybody may take out")
    func goers() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        scene.say(.propose(MLSBytes.proposal(DeliveryScene.group, 1, .member(2))), from: people[2])
        #expect(self.answer(scene, people[1], by: 1, removed: [2]) == .ok)
        scene.drop(people[3])
        scene.play(.seconds(29))
        #expect(self.answer(scene, people[1], by: 1, removed: [3]) == .failed(.denied))
        scene.play(.seconds(1))
        #expect(self.answer(scene, people[1], by: 1, removed: [3]) == .ok)
    }

    @Test("a guest adds as many as have asked, and no more; a host adds whom it wants")
    func addition() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        #expect(self.answer(scene, people[1], by: 1, added: [self.added(2)]) == .failed(.denied))
        let join = MLSBytes.proposal(DeliveryScene.group, 1, .newMemberProposal)
        #expect(scene.say(.propose(join), from: scene.connect(.joins)) == .ok)
        let two = [self.added(2), self.added(3, key: 91)]
        #expect(self.answer(scene, people[1], by: 1, added: two) == .failed(.denied))
        #expect(self.answer(scene, people[1], by: 1, added: [self.added(2)]) == .ok)
        #expect(self.answer(scene, people[0], by: 0, added: [self.added(3, key: 91)]) == .ok)
    }

    @Test("whoever became a co-host since shows the chain that says so, and may")
    func promoted() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        #expect(self.answer(scene, people[1], by: 1, removed: [2]) == .failed(.denied))
        let host = people[0]
        // The host's own leaf certifies it, as in the policy's list of roles.
        let chain = try Authority.chain(
            Authority.certificate(by: host.key, for: people[1].publicKey, role: .cohost, rights: 0xF7),
            Authority.certificate(by: scene.authority.key, for: host.publicKey, role: .host, rights: 0xFF))
        #expect(scene.bind(people[1], leaf: 1, chain: chain) == .ok)
        #expect(self.answer(scene, people[1], by: 1, removed: [2]) == .ok)
    }

    @Test("whoever stands in for a host may, as long as no host is there")
    func acting() throws {
        let key = Authority.signingKey(2)
        let descriptor = try Authority().descriptor(successors: [Authority.publicKey(of: key)])
        let scene = try DeliveryScene(descriptor: descriptor)
        let people = try scene.meeting(members: 2)
        #expect(people[1].publicKey == Authority.publicKey(of: key))
        #expect(self.answer(scene, people[1], by: 1, removed: [2]) == .failed(.denied))
        scene.drop(people[0])
        #expect(self.answer(scene, people[1], by: 1, removed: [2]) == .ok)
    }

    @Test("a leaf that the service does not know is taken out by a host all the same")
    func unknown() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        #expect(self.answer(scene, people[0], by: 0, removed: [7]) == .ok)
        #expect(scene.ordered(by: people[1]).count == 1)
    }

    @Test("who may put people out is what they have shown, or who stands in; a host stays one while its line is down")
    func powers() throws {
        let key = Authority.signingKey(2)
        let descriptor = try Authority().descriptor(successors: [Authority.publicKey(of: key)])
        let scene = try DeliveryScene(descriptor: descriptor)
        let people = try scene.meeting(members: 3)
        let few = try Authority.chain(
            Authority.certificate(by: scene.authority.key, for: people[2].publicKey, role: .cohost, rights: 0x01))
        #expect(scene.bind(people[2], leaf: 2, chain: few) == .ok)
        func powers() -> [GroupMember.Powers]? { scene.delivery.takeMembership()?.map(\.powers) }
        let host = GroupMember.Powers(mayEject: true, mayModerate: true, isCertified: true, isHost: true)
        let cohost = GroupMember.Powers(mayEject: false, isCertified: true, isHost: false)
        #expect(powers() == [host, .none, cohost, .none])
        scene.drop(people[0])
        #expect(powers() == [host, .none, cohost, .none])
        // The last with a certificate drops out as well: then the successor stands in.
        scene.drop(people[2])
        let acting = GroupMember.Powers(mayEject: true, mayModerate: true, isCertified: false, isHost: false)
        #expect(powers() == [host, acting, cohost, .none])
    }

    @Test("who may say what others send has shown the right to it, which is another than that to put people out")
    func moderation() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        for (peer, rights) in [(1, 0x20), (2, 0x02)] as [(Int, UInt16)] {
            let chain = try Authority.chain(
                Authority.certificate(
                    by: scene.authority.key, for: people[peer].publicKey, role: .cohost, rights: rights))
            #expect(scene.bind(people[peer], leaf: UInt32(peer), chain: chain) == .ok)
        }
        let powers = scene.delivery.takeMembership()?.map(\.powers) ?? []
        #expect(powers.map(\.mayModerate) == [true, true, false])
        #expect(powers.map(\.mayEject) == [true, false, true])
    }

    @Test("whoever came by a personal link is known by it, also when they show less of it later")
    func person() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        let ticket = Authority.signingKey(60)
        func persons() -> [LeafKey?]? { scene.delivery.takeMembership()?.map(\.person) }
        #expect(persons() == [nil, nil, nil])
        for peer in [1, 2] {
            let chain = try scene.authority.ticketChain(for: people[peer].publicKey, ticket: ticket)
            // The second shows it before it has a leaf, and then shows its leaf alone.
            let answer = peer == 1 ? scene.bind(people[1], leaf: 1, chain: chain) : scene.show(chain, of: people[2])
            #expect(answer == .ok)
            #expect(scene.bind(people[peer], leaf: UInt32(peer)) == .ok)
        }
        let key = Authority.publicKey(of: ticket)
        #expect(persons() == [nil, key, key])
    }

    @Test("KeyPackages are for those who may add somebody with them")
    func packages() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        scene.say(.keyPackages(MLSBytes.keyPackage(mark: 5)), from: people[2])
        #expect(scene.say(DeliveryScene.get(.keyPackages, from: 2), from: people[1]) == .failed(.denied))
        guard case .data(.keyPackages) = scene.say(DeliveryScene.get(.keyPackages, from: 2), from: people[0]) else {
            throw DeliveryScene.Unexpected()
        }
    }
}

@Suite("Whose old leaf a joiner takes away")
struct ResyncTests {
    /// Whether somebody was asked to judge.
    private func isAsked(_ scene: DeliveryScene, _ peer: DeliveryScene.Peer) -> Bool {
        scene.heard(by: peer).contains { if case .candidate = $0 { true } else { false } }
    }

    @Test("another's leaf is nobody's to take, whatever the joiner's own Commit is said to do")
    func others() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let joiner = scene.connect(.joins)
        #expect(scene.say(scene.joining(joiner, leaf: 2, removed: [0]), from: joiner) == .failed(.denied))
        #expect(scene.say(scene.joining(people[1], leaf: 2, removed: [0]), from: people[1]) == .failed(.denied))
        #expect(!self.isAsked(scene, people[0]))
    }

    @Test("a leaf that nobody holds, and one that is not known here, are in nobody's way")
    func unbound() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        scene.drop(people[1])
        for leaf in [1, 6] as [UInt32] {
            let joiner = scene.connect(.joins)
            #expect(scene.say(scene.joining(joiner, leaf: 2, removed: [leaf]), from: joiner) == nil)
            #expect(self.isAsked(scene, people[0]))
            scene.drop(joiner)
        }
    }

    @Test("a page loaded again takes the leaf that the same personal link got, and no other link does")
    func ticket() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let tickets = [60, 61].map(Authority.signingKey)
        let first = try scene.authority.ticketChain(for: people[1].publicKey, ticket: tickets[0])
        #expect(scene.bind(people[1], leaf: 1, chain: first) == .ok)
        for (ticket, isSame) in [(tickets[1], false), (tickets[0], true)] {
            let again = scene.connect(.waits)
            scene.show(try scene.authority.ticketChain(for: again.publicKey, ticket: ticket), of: again)
            let answer = scene.say(scene.joining(again, leaf: 2, removed: [1]), from: again)
            #expect((answer == nil) == isSame && self.isAsked(scene, people[0]) == isSame)
        }
    }

    @Test("the host link opened again takes the leaf it had; a co-host does not take a host's")
    func hostLink() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        for role in [CertificateRole.cohost, .host] {
            let again = scene.connect(.waits)
            scene.show(try scene.authority.chain(role, for: again.publicKey), of: again)
            let answer = scene.say(scene.joining(again, leaf: 2, removed: [0]), from: again)
            #expect((answer == nil) == (role == .host))
        }
        #expect(self.isAsked(scene, people[1]) == false)
    }

    @Test("a host that is alone and whose line breaks between its own Commit and its Bind leaves no group behind")
    func alone() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 0)
        #expect(scene.say(scene.joining(people[0], leaf: 0, removed: [0]), from: people[0]) == .ok)
        scene.drop(people[0])
        scene.pass(.seconds(31))
        #expect(scene.delivery.isEmpty && scene.delivery.deadline == nil)
    }

    @Test("what is asked for next is never in the past")
    func clock() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        scene.drop(people[1])
        #expect(scene.say(scene.joining(people[0], leaf: 0, removed: [0]), from: people[0]) == .ok)
        for _ in 0..<100 {
            scene.pass(.seconds(1))
            #expect(scene.delivery.deadline.map { $0 > scene.now } ?? true)
        }
    }

    @Test("a connection that shows another leaf leaves the one before, which is lost like any that nobody holds")
    func second() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let twin = Added(leaf: LeafIndex(2), key: people[1].publicKey, reference: KeyPackageReference([]))
        try scene.mustCommit(people[0], by: 0, added: [twin])
        #expect(scene.bind(people[1], leaf: 2) == .ok)
        scene.forgetHeard()
        scene.play(.seconds(30))
        // The service proposes that it goes.
        #expect(scene.ordered(by: people[0]).count == 1)
    }
}
