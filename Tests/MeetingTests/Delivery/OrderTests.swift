import Meeting
import Testing

@Suite("One order for everybody (rule 1)")
struct OrderTests {
    @Test("of two Commits for one epoch the first wins, and the other is told that it is stale")
    func race() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        #expect(scene.say(.commit(scene.commit(by: 1, mark: 1)), from: people[1]) == .ok)
        #expect(scene.say(.commit(scene.commit(by: 2, mark: 2)), from: people[2]) == .failed(.stale))
        let heard = people.map { scene.ordered(by: $0) }
        #expect(heard[0].map(\.message) == [MLSBytes.commit(DeliveryScene.group, 1, .member(1), mark: 1)])
        #expect(heard[0] == heard[1] && heard[1] == heard[2])
        // The loser rebases and wins the next epoch.
        scene.epoch += 1
        #expect(scene.say(.commit(scene.commit(by: 2, mark: 2)), from: people[2]) == .ok)
    }

    @Test("Commits, proposals and messages have numbers without gaps, the same for everybody")
    func numbers() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        scene.say(scene.app(mark: 1), from: people[1])
        scene.say(.propose(MLSBytes.proposal(DeliveryScene.group, 1, .member(2))), from: people[2])
        scene.say(scene.app(mark: 2, keep: .retained), from: people[0])
        try scene.mustCommit(people[0], by: 0, removed: [2])
        let heard = people.map { scene.ordered(by: $0) }
        #expect(heard[0].map(\.seq) == [2, 3, 4, 5])
        #expect(heard[0] == heard[1])
        #expect(heard[2] == heard[0])
        scene.say(scene.app(mark: 3), from: people[0])
        #expect(scene.ordered(by: people[1]).map(\.seq) == [6])
        #expect(scene.ordered(by: people[2]) == [])
    }

    @Test("a message or a proposal of another epoch is stale")
    func stale() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let app = DeliveryCommand.App(message: MLSBytes.app(DeliveryScene.group, 0), recipients: [], keep: .logged)
        #expect(scene.say(.app(app), from: people[1]) == .failed(.stale))
        let proposal = MLSBytes.proposal(DeliveryScene.group, 2, .member(1))
        #expect(scene.say(.propose(proposal), from: people[1]) == .failed(.stale))
        #expect(scene.ordered(by: people[0]) == [])
    }

    @Test("a message for some reaches them alone, and nobody sees a gap")
    func directed() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        #expect(scene.say(scene.app(mark: 1, to: [2]), from: people[1]) == .ok)
        scene.say(scene.app(mark: 2), from: people[1])
        #expect(scene.ordered(by: people[2]).map(\.seq) == [1, 2])
        for peer in [people[0], people[1], people[3]] { #expect(scene.ordered(by: peer).map(\.seq) == [2]) }
        // It is kept for whoever it is for, and for nobody else.
        guard case .data(.log(3, 2, let own)) = scene.say(DeliveryScene.get(.log, from: 2), from: people[2]),
            case .data(.log(3, 2, let other)) = scene.say(DeliveryScene.get(.log, from: 2), from: people[3])
        else { throw DeliveryScene.Unexpected() }
        #expect(own.map(\.seq) == [1, 2] && other.map(\.seq) == [2])
    }

    @Test("a fleeting message is passed on and forgotten")
    func fleeting() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        #expect(scene.say(scene.app(keep: .fleeting), from: people[0]) == .ok)
        #expect(scene.ordered(by: people[1]).map(\.seq) == [1])
        #expect(scene.ordered(by: people[0]) == [])
        guard case .data(.log(2, 1, let lines)) = scene.say(DeliveryScene.get(.log, from: 2), from: people[1]) else {
            throw DeliveryScene.Unexpected()
        }
        #expect(lines.isEmpty)
    }

    @Test("what a Commit says of its effect has to be possible")
    func impossible() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let key = Authority.publicKey(of: Authority.signingKey(80))
        let taken = Added(leaf: LeafIndex(1), key: key, reference: KeyPackageReference([]))
        let far = Added(leaf: LeafIndex(1 << 20), key: key, reference: KeyPackageReference([]))
        let free = Added(leaf: LeafIndex(2), key: key, reference: KeyPackageReference([]))
        var otherInfo = scene.commit(by: 0)
        otherInfo.groupInfo = MLSBytes.groupInfo(DeliveryScene.group, 1)
        for commit in [
            scene.commit(by: 0, added: [taken]), scene.commit(by: 0, added: [far]),
            scene.commit(by: 0, removed: [1 << 20]),
            scene.commit(by: 0, removed: [1, 1]), scene.commit(by: 0, removed: [0]),
            scene.commit(by: 0, added: [free, free]), scene.commit(by: 0, welcome: MLSBytes.welcome()), otherInfo,
        ] {
            #expect(scene.say(.commit(commit), from: people[0]) == .failed(.malformed))
        }
        // A place that becomes free in the same Commit can be taken in it.
        #expect(scene.say(.commit(scene.commit(by: 0, added: [taken], removed: [1])), from: people[0]) == .ok)
        #expect(scene.say(.commit(scene.commit(by: 0, epoch: .max)), from: people[0]) == .failed(.stale))
    }

    @Test("a Commit names another group or epoch in its frame than in its message: no such frame")
    func mismatch() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        var commit = scene.commit(by: 0)
        commit.epoch += 1
        #expect(scene.say(.commit(commit), from: people[0]) == .failed(.malformed))
        commit = scene.commit(by: 0)
        commit.group = GroupID([UInt8](repeating: 1, count: 32))
        #expect(scene.say(.commit(commit), from: people[0]) == .failed(.unknownGroup))
    }
}

@Suite("Who may say what (rule 2)")
struct SenderTests {
    @Test("a Commit, a proposal or a message comes from the leaf that the connection holds, or is refused")
    func ownLeaf() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        #expect(scene.say(.commit(scene.commit(by: 0)), from: people[1]) == .failed(.denied))
        let proposal = MLSBytes.proposal(DeliveryScene.group, 1, .member(1))
        #expect(scene.say(.propose(proposal), from: people[2]) == .failed(.denied))
        let stranger = scene.connect(.joins)
        #expect(scene.say(scene.app(), from: stranger) == .failed(.denied))
        #expect(scene.say(.commit(scene.commit(by: 1)), from: stranger) == .failed(.denied))
    }

    @Test("nobody speaks as the server")
    func external() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let proposal = MLSBytes.proposal(DeliveryScene.group, 1, .external(0))
        #expect(scene.say(.propose(proposal), from: people[0]) == .failed(.denied))
        var commit = scene.commit(by: 0)
        commit.commit = MLSBytes.commit(DeliveryScene.group, 1, .external(0))
        #expect(scene.say(.commit(commit), from: people[0]) == .failed(.denied))
    }

    @Test("whoever waits proposes nothing; whoever the gate lets in may")
    func joiners() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 0)
        let proposal = MLSBytes.proposal(DeliveryScene.group, 0, .newMemberProposal)
        #expect(scene.say(.propose(proposal), from: scene.connect(.waits)) == .failed(.denied))
        #expect(scene.say(.propose(proposal), from: scene.connect(.joins)) == .ok)
        #expect(scene.ordered(by: people[0]).map(\.message) == [proposal])
    }

    @Test("a bind needs the leaf's own signature over this connection's challenge")
    func bind() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let thief = scene.connect()
        #expect(scene.bind(thief, leaf: 1) == .failed(.denied))
        #expect(scene.bind(thief, leaf: 5) == .failed(.denied))
        // The true key, but signed for another connection.
        let owner = scene.connect(key: people[1].key)
        let replayed = Authority.sign(owner.key, "bind", [UInt8](repeating: 0, count: 32) + DeliveryScene.group.bytes)
        let bind = DeliveryCommand.Bind(
            group: DeliveryScene.group, leaf: LeafIndex(1), chain: nil, signature: replayed)
        #expect(scene.say(.bind(bind), from: owner) == .failed(.denied))
        #expect(scene.bind(owner, leaf: 1) == .ok)
        // The new connection holds the leaf; the old one does not any more.
        #expect(scene.say(scene.app(), from: people[1]) == .failed(.denied))
        #expect(scene.say(scene.app(), from: owner) == .ok)
    }

    @Test("a host is known by certificate, not by its word")
    func chains() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        #expect(scene.say(.reserve(DeliveryScene.group), from: people[1]) == .failed(.denied))
        let other = try scene.authority.chain(.host, for: people[2].publicKey)
        #expect(scene.bind(people[1], leaf: 1, chain: other) == .failed(.denied))
        let forged = try Authority.chain(
            Authority.certificate(by: people[2].key, for: people[1].publicKey, role: .host, rights: 0xFF))
        #expect(scene.bind(people[1], leaf: 1, chain: forged) == .failed(.denied))
        let cohost = try scene.authority.chain(.cohost, for: people[1].publicKey)
        #expect(scene.bind(people[1], leaf: 1, chain: cohost) == .ok)
        #expect(scene.say(.reserve(DeliveryScene.group), from: people[1]) == .ok)
    }
}
