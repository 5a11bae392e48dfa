import Meeting
import Testing

@Suite("A Commit that nobody can apply is taken back (rule 6)")
struct VoidTests {
    private func fault(_ code: UInt16 = 66, epoch: UInt64) -> DeliveryCommand {
        .fault(.init(group: DeliveryScene.group, epoch: epoch, code: code, evidence: []))
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
        #expect(scene.say(self.fault(epoch: 1), from: people[0]) == .ok)
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

    @Test("a broken Commit cannot be hidden under another one")
    func hidden() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        try scene.mustCommit(people[1], by: 1)
        try scene.mustCommit(people[1], by: 1)
        #expect(scene.say(self.fault(epoch: 1), from: people[0]) == .ok)
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
        scene.say(self.fault(epoch: 1), from: people[0])
        scene.epoch = 1
        #expect(self.voided(scene, people[2]) == [2])
        #expect(scene.say(scene.app(), from: people[2]) == .ok)
    }

    @Test("more than half of those who speak take it back, once everybody has spoken")
    func majority() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 4)
        try scene.mustCommit(people[1], by: 1)
        for peer in [people[2], people[3], people[4]] { scene.say(self.fault(epoch: 1), from: peer) }
        #expect(self.voided(scene, people[2]) == [])
        scene.say(self.ack(2), from: people[0])
        #expect(self.voided(scene, people[2]) == [2])
    }

    @Test("who does not speak within five seconds does not count")
    func window() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 4)
        try scene.mustCommit(people[1], by: 1)
        scene.say(self.fault(epoch: 1), from: people[2])
        scene.say(self.fault(epoch: 1), from: people[3])
        scene.pass(.milliseconds(4_999))
        #expect(self.voided(scene, people[2]) == [])
        scene.pass(.milliseconds(1))
        #expect(self.voided(scene, people[2]) == [2])
        // After that even the host's word comes too late for the next one.
        scene.epoch = 1
        try scene.mustCommit(people[2], by: 2)
        scene.pass(.seconds(5))
        scene.say(self.fault(epoch: 1), from: people[0])
        #expect(self.voided(scene, people[2]) == [])
    }

    @Test("half is not enough, and different reasons do not add up")
    func notEnough() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        try scene.mustCommit(people[1], by: 1)
        scene.say(self.fault(66, epoch: 1), from: people[2])
        scene.say(self.fault(67, epoch: 1), from: people[3])
        scene.pass(.seconds(5))
        for peer in people { #expect(self.voided(scene, peer) == []) }
        #expect(scene.say(self.fault(30, epoch: 1), from: people[0]) == .failed(.malformed))
    }

    @Test("a path that one cannot decrypt proves nothing, a host's neither")
    func path() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        try scene.mustCommit(people[1], by: 1)
        scene.say(self.fault(68, epoch: 1), from: people[0])
        scene.say(self.fault(68, epoch: 1), from: people[2])
        scene.say(self.ack(2), from: people[3])
        scene.pass(.seconds(5))
        for peer in people { #expect(self.voided(scene, peer) == []) }
    }

    @Test("a path that nobody can decrypt is taken back once everybody there has said so")
    func pathOfNobody() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        try scene.mustCommit(people[1], by: 1)
        scene.say(self.fault(68, epoch: 1), from: people[0])
        scene.say(self.fault(68, epoch: 1), from: people[2])
        for peer in people { #expect(self.voided(scene, peer) == []) }
        scene.say(self.fault(68, epoch: 1), from: people[3])
        for peer in people { #expect(self.voided(scene, peer) == [2]) }
        scene.epoch = 1
        #expect(scene.say(.commit(scene.commit(by: 1)), from: people[1]) == .failed(.denied))
    }

    @Test("guests alone take no host's Commit back with their word about a path")
    func pathOfGuests() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        try scene.mustCommit(people[0], by: 0)
        scene.say(self.fault(68, epoch: 1), from: people[1])
        scene.say(self.fault(68, epoch: 1), from: people[2])
        scene.pass(.seconds(5))
        for peer in people { #expect(self.voided(scene, peer) == []) }
    }

    @Test("exactly half of those who spoke, the committer among them, take nothing back")
    func half() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        try scene.mustCommit(people[1], by: 1)
        scene.say(self.fault(epoch: 1), from: people[2])
        scene.say(self.fault(epoch: 1), from: people[3])
        scene.say(self.ack(2), from: people[0])
        scene.pass(.seconds(5))
        for peer in people { #expect(self.voided(scene, peer) == []) }
    }

    @Test("one member alone takes nothing back, however often it says so")
    func alone() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        try scene.mustCommit(people[1], by: 1)
        for code in 64...67 { scene.say(self.fault(UInt16(code), epoch: 1), from: people[2]) }
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
        scene.say(self.fault(epoch: 1), from: people[0])
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
        for _ in 0..<3 { scene.say(self.fault(epoch: 1), from: newcomer) }
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
        scene.say(self.fault(epoch: 1), from: people[2])
        scene.pass(.seconds(5))
        scene.epoch = 1
        #expect(scene.say(.commit(scene.commit(by: 1, removed: [2])), from: people[1]) == .failed(.denied))
    }
}
