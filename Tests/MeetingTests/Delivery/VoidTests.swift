import Meeting
import Testing

@Suite("A Commit that nobody can apply is taken back (rule 6)")
struct VoidTests {
    /// Says no to the Commit that ended epoch 1, and why.
    @discardableResult
    private func refuse(
        _ scene: DeliveryScene, _ peer: DeliveryScene.Peer, _ code: UInt16 = 66, seq: UInt64 = 2
    ) -> DeliveryEvent? {
        scene.say(.ack(.init(group: DeliveryScene.group, seq: seq, verdict: .refused)), from: peer)
        return scene.say(.fault(.init(group: DeliveryScene.group, epoch: 1, code: code, evidence: [])), from: peer)
    }

    private func ack(_ seq: UInt64) -> DeliveryCommand {
        .ack(.init(group: DeliveryScene.group, seq: seq, verdict: .ok))
    }

    private func voided(_ scene: DeliveryScene, _ peer: DeliveryScene.Peer) -> [UInt64] {
        scene.heard(by: peer).compactMap { if case .voided(let voided) = $0 { voided.seq } else { nil } }
    }

    @Test("a host's word restores the epoch, and the sender commits nothing more")
    func host() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        try scene.mustCommit(people[1], by: 1)
        scene.say(scene.app(), from: people[1])
        #expect(self.refuse(scene, people[0]) == .ok)
        for peer in people { #expect(self.voided(scene, peer) == [2]) }
        scene.epoch = 1
        #expect(scene.say(.commit(scene.commit(by: 1)), from: people[1]) == .failed(.denied))
        #expect(scene.say(.commit(scene.commit(by: 2)), from: people[2]) == .ok)
        // Numbers are not used again, and what was taken back is in no log.
        #expect(scene.ordered(by: people[0]).map(\.seq) == [4])
        guard case .data(.log(_, _, let lines)) = scene.say(DeliveryScene.get(.log, from: 2), from: people[2]) else {
            throw DeliveryScene.Unexpected()
        }
        #expect(lines.map(\.seq) == [4])
    }

    @Test("for a link of which a host knows nothing the sender is blocked the second time only (decision 0009)")
    func forgiven() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        for seq in [2, 3] as [UInt64] {
            try scene.mustCommit(people[1], by: 1)
            #expect(self.refuse(scene, people[0], 5, seq: seq) == .ok)
            #expect(self.voided(scene, people[2]) == [seq])
            scene.epoch = 1
        }
        #expect(scene.say(.commit(scene.commit(by: 1)), from: people[1]) == .failed(.denied))
        #expect(scene.say(.commit(scene.commit(by: 2)), from: people[2]) == .ok)
    }

    @Test("a broken Commit cannot be hidden under another one")
    func hidden() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        try scene.mustCommit(people[1], by: 1)
        try scene.mustCommit(people[1], by: 1)
        #expect(self.refuse(scene, people[0]) == .ok)
        #expect(self.voided(scene, people[2]) == [2])
        scene.epoch = 1
        #expect(scene.say(.commit(scene.commit(by: 2)), from: people[2]) == .ok)
    }

    @Test("a removal that is taken back gives the removed person its leaf again")
    func removal() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        let cohost = try scene.authority.chain(.cohost, for: people[1].publicKey)
        #expect(scene.bind(people[1], leaf: 1, chain: cohost) == .ok)
        try scene.mustCommit(people[1], by: 1, removed: [2])
        self.refuse(scene, people[0])
        scene.epoch = 1
        #expect(self.voided(scene, people[2]) == [2])
        #expect(scene.say(scene.app(), from: people[2]) == .ok)
    }

    @Test("more than half of those who speak take it back, once everybody has spoken")
    func majority() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 4)
        try scene.mustCommit(people[1], by: 1)
        for peer in [people[2], people[3], people[4]] { self.refuse(scene, peer) }
        #expect(self.voided(scene, people[2]) == [])
        scene.say(self.ack(2), from: people[0])
        #expect(self.voided(scene, people[2]) == [2])
    }

    @Test("who does not speak within five seconds does not count")
    func window() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 4)
        try scene.mustCommit(people[1], by: 1)
        self.refuse(scene, people[2])
        self.refuse(scene, people[3])
        scene.pass(.milliseconds(4_999))
        #expect(self.voided(scene, people[2]) == [])
        scene.pass(.milliseconds(1))
        #expect(self.voided(scene, people[2]) == [2])
        // After that even the host's word comes too late for the next one.
        scene.epoch = 1
        try scene.mustCommit(people[2], by: 2)
        scene.pass(.seconds(5))
        self.refuse(scene, people[0])
        #expect(self.voided(scene, people[2]) == [])
    }

    @Test("half is not enough, and different reasons do not add up")
    func notEnough() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        try scene.mustCommit(people[1], by: 1)
        self.refuse(scene, people[2], 66)
        self.refuse(scene, people[3], 67)
        scene.pass(.seconds(5))
        for peer in people { #expect(self.voided(scene, peer) == []) }
        #expect(self.refuse(scene, people[0], 30) == .failed(.malformed))
    }

    @Test("a path that one cannot decrypt proves nothing, a host's neither")
    func path() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        try scene.mustCommit(people[1], by: 1)
        self.refuse(scene, people[0], 68)
        self.refuse(scene, people[2], 68)
        scene.say(self.ack(2), from: people[3])
        scene.pass(.seconds(5))
        for peer in people { #expect(self.voided(scene, peer) == []) }
    }

    @Test("a path that nobody can decrypt is taken back once everybody there has said so")
    func pathOfNobody() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        try scene.mustCommit(people[1], by: 1)
        self.refuse(scene, people[0], 68)
        self.refuse(scene, people[2], 68)
        for peer in people { #expect(self.voided(scene, peer) == []) }
        self.refuse(scene, people[3], 68)
        for peer in people { #expect(self.voided(scene, peer) == [2]) }
        scene.epoch = 1
        #expect(scene.say(.commit(scene.commit(by: 1)), from: people[1]) == .failed(.denied))
    }

    @Test("an accomplice who says that the path is fine changes nothing")
    func pathOfAccomplices() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 4)
        try scene.mustCommit(people[1], by: 1)
        scene.say(self.ack(2), from: people[2])
        for peer in [people[0], people[3]] { self.refuse(scene, peer, 68) }
        #expect(self.voided(scene, people[0]) == [])
        self.refuse(scene, people[4], 68)
        for peer in people { #expect(self.voided(scene, peer) == [2]) }
    }

    @Test("where no host is, a guest's path that nobody can decrypt is taken back by everybody's word")
    func pathWithoutHost() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        scene.drop(people[0])
        try scene.mustCommit(people[1], by: 1)
        self.refuse(scene, people[2], 68)
        for peer in people[1...] { #expect(self.voided(scene, peer) == []) }
        self.refuse(scene, people[3], 68)
        for peer in people[1...] { #expect(self.voided(scene, peer) == [2]) }
    }

    @Test("a late word about a Commit that was taken back says nothing about the one that stands in its place")
    func late() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        try scene.mustCommit(people[1], by: 1)
        self.refuse(scene, people[0])
        #expect(self.voided(scene, people[2]) == [2])
        scene.forgetHeard()
        scene.epoch = 1
        try scene.mustCommit(people[2], by: 2)
        // The host's second device, and the slow: they mean the first one.
        self.refuse(scene, people[0])
        self.refuse(scene, people[3])
        scene.pass(.seconds(5))
        for peer in people { #expect(self.voided(scene, peer) == []) }
    }

    @Test("guests alone take no host's Commit back with their word about a path")
    func pathOfGuests() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        try scene.mustCommit(people[0], by: 0)
        self.refuse(scene, people[1], 68)
        self.refuse(scene, people[2], 68)
        scene.pass(.seconds(5))
        for peer in people { #expect(self.voided(scene, peer) == []) }
    }

    @Test("exactly half of those who spoke, the committer among them, take nothing back")
    func half() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        try scene.mustCommit(people[1], by: 1)
        self.refuse(scene, people[2])
        self.refuse(scene, people[3])
        scene.say(self.ack(2), from: people[0])
        scene.pass(.seconds(5))
        for peer in people { #expect(self.voided(scene, peer) == []) }
    }

    @Test("one member alone takes nothing back, however often it says so")
    func alone() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        try scene.mustCommit(people[1], by: 1)
        for code in 64...67 { self.refuse(scene, people[2], UInt16(code)) }
        scene.say(self.ack(2), from: people[0])
        scene.say(self.ack(2), from: people[3])
        scene.pass(.seconds(5))
        for peer in people { #expect(self.voided(scene, peer) == []) }
    }

    @Test("a joiner's Commit that is taken back leaves no leaf behind")
    func joiner() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let joiner = scene.connect(.joins)
        scene.say(scene.joining(joiner, leaf: 2), from: joiner)
        scene.say(.ack(.init(group: DeliveryScene.group, seq: 1 << 63 | 1, verdict: .ok)), from: people[0])
        #expect(scene.bind(joiner, leaf: 2) == .ok)
        self.refuse(scene, people[0])
        #expect(self.voided(scene, joiner) == [2])
        #expect(scene.bind(joiner, leaf: 2) == .failed(.denied))
        #expect(scene.say(scene.joining(joiner, leaf: 2), from: joiner) == .failed(.denied))
    }

    @Test("whoever holds a leaf now says nothing about a Commit of before it had it")
    func successor() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        try scene.mustCommit(people[1], by: 1)
        let newcomer = scene.connect()
        let added = Added(leaf: LeafIndex(2), key: newcomer.publicKey, reference: KeyPackageReference([]))
        try scene.mustCommit(people[0], by: 0, added: [added], removed: [2])
        #expect(scene.bind(newcomer, leaf: 2) == .ok)
        scene.forgetHeard()
        for _ in 0..<3 { self.refuse(scene, newcomer) }
        scene.pass(.seconds(5))
        for peer in [people[0], people[1], newcomer] { #expect(self.voided(scene, peer) == []) }
    }

    @Test("a Commit that is taken back does not give back what a host has taken since")
    func revoked() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        let cohost = try scene.authority.chain(.cohost, for: people[1].publicKey)
        #expect(scene.bind(people[1], leaf: 1, chain: cohost) == .ok)
        scene.revoke(people[1])
        try scene.mustCommit(people[0], by: 0, removed: [1])
        self.refuse(scene, people[2])
        scene.pass(.seconds(5))
        scene.epoch = 1
        #expect(scene.say(.commit(scene.commit(by: 1, removed: [2])), from: people[1]) == .failed(.denied))
    }
}
