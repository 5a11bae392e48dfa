import Meeting
import Testing

/// Whoever dropped out comes back by keys; the service only has to give them the tree (`e2ee.md` 4.3, 5 rule 2).
@Suite("Coming back after being taken for lost")
struct ReturnTests {
    /// A host and two members, of whom the last one was taken for lost and out.
    private func lost() throws -> (scene: DeliveryScene, people: [DeliveryScene.Peer]) {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        scene.drop(people[2])
        scene.play(.seconds(30))
        try scene.mustCommit(people[0], by: 0, removed: [2])
        scene.forgetHeard()
        return (scene, people)
    }

    private func mayRead(_ scene: DeliveryScene, _ peer: DeliveryScene.Peer) -> Bool {
        if case .data(.groupInfo) = scene.say(DeliveryScene.get(.groupInfo), from: peer) { true } else { false }
    }

    @Test("whoever shows a leaf that the service took for lost is told that it is gone, gets the tree, and is judged")
    func returns() throws {
        let (scene, people) = try self.lost()
        let again = scene.connect(key: people[2].key)
        #expect(!self.mayRead(scene, again))
        #expect(scene.bind(again, leaf: 2) == .failed(.gone))
        #expect(self.mayRead(scene, again))
        #expect(scene.say(scene.joining(again, leaf: 2), from: again) == nil)
        let request = scene.lastRequest
        var candidates: [DeliveryEvent.Candidate] = []
        for case .candidate(let candidate) in scene.heard(by: people[0]) { candidates.append(candidate) }
        #expect(candidates.count == 1)
        let candidate = try #require(candidates.first)
        scene.say(.ack(.init(group: candidate.group, seq: candidate.seq, verdict: .ok)), from: people[0])
        #expect(scene.reply(to: request, of: again) == .ok)
        scene.epoch += 1
        #expect(scene.bind(again, leaf: 2) == .ok)
        // Sent away by hand, they are nobody in particular again.
        try scene.mustCommit(people[0], by: 0, removed: [2], mark: 2)
        #expect(!self.mayRead(scene, again))
        #expect(scene.bind(again, leaf: 2) == .failed(.denied))
    }

    @Test("also when the leaf is somebody else's by now, who goes on holding it")
    func taken() throws {
        let (scene, people) = try self.lost()
        let other = scene.connect()
        try scene.mustCommit(
            people[0], by: 0,
            added: [Added(leaf: LeafIndex(2), key: other.publicKey, reference: KeyPackageReference([]))], mark: 2)
        #expect(scene.bind(other, leaf: 2) == .ok)
        let again = scene.connect(key: people[2].key)
        #expect(scene.bind(again, leaf: 2) == .failed(.gone))
        #expect(self.mayRead(scene, again))
        #expect(scene.say(scene.app(), from: other) == .ok)
    }

    @Test("and when it comes out of a network that nobody new comes from")
    func stranger() throws {
        let (scene, people) = try self.lost()
        let again = scene.connect(.stranger, key: people[2].key)
        #expect(scene.bind(again, leaf: 2) == .failed(.gone))
        #expect(self.mayRead(scene, again))
    }

    @Test("nobody else does: not with another key, not who was taken out by hand, not who was put out since")
    func nobodyElse() throws {
        let (scene, people) = try self.lost()
        let stranger = scene.connect()
        #expect(scene.bind(stranger, leaf: 2) == .failed(.denied))
        #expect(scene.bind(stranger, leaf: 2, key: people[1].key) == .failed(.denied))
        #expect(!self.mayRead(scene, stranger))
        try scene.mustCommit(people[0], by: 0, removed: [1], mark: 2)
        #expect(scene.bind(people[1], leaf: 1) == .failed(.denied))
        #expect(!self.mayRead(scene, people[1]))
        let again = scene.connect(key: people[2].key)
        #expect(scene.bind(again, leaf: 2) == .failed(.gone))
        scene.revoke(people[2])
        #expect(!self.mayRead(scene, again))
        #expect(scene.bind(again, leaf: 2) == .failed(.denied))
    }

    @Test("what was shown ends with the return, wherever it happened, and with the group")
    func ends() throws {
        let (scene, people) = try self.lost()
        let other = scene.connect(key: people[2].key), again = scene.connect(key: people[2].key)
        for peer in [other, again] { #expect(scene.bind(peer, leaf: 2) == .failed(.gone)) }
        try scene.mustCommit(
            people[0], by: 0,
            added: [Added(leaf: LeafIndex(2), key: again.publicKey, reference: KeyPackageReference([]))], mark: 2)
        #expect(scene.bind(again, leaf: 2) == .ok)
        #expect(!self.mayRead(scene, other), "they are back")
        #expect(scene.say(scene.joining(other, leaf: 3), from: other) == .failed(.denied))
        try scene.mustCommit(people[0], by: 0, removed: [2], mark: 3)
        #expect(!self.mayRead(scene, other) && !self.mayRead(scene, again), "taken out by hand")
    }

    @Test("and nothing of it is left for the group after that one")
    func nextGroup() throws {
        let (scene, people) = try self.lost()
        let again = scene.connect(key: people[2].key)
        #expect(scene.bind(again, leaf: 2) == .failed(.gone))
        #expect(self.mayRead(scene, again))
        for peer in people[0...1] { scene.drop(peer) }
        scene.play(.seconds(31))
        #expect(!self.mayRead(scene, again))
        scene.epoch = 0
        _ = try scene.host()
        #expect(!self.mayRead(scene, again))
    }

    @Test(
        "whom a member takes out by name is not lost, though the service had proposed it as well",
        arguments: [false, true])
    func byName(_ isByName: Bool) throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        scene.drop(people[2])
        scene.play(.seconds(30))
        // A reference to somebody's proposal stands first, then what the Commit says itself.
        let reference: [UInt8] = [2, 32] + [UInt8](repeating: 9, count: 32)
        let commit = self.removal(in: scene, proposals: reference + self.named(isByName ? 2 : 1))
        #expect(scene.say(.commit(commit), from: people[0]) == .ok)
        let again = scene.connect(key: people[2].key)
        #expect(scene.bind(again, leaf: 2) == .failed(isByName ? .denied : .gone))
        #expect(self.mayRead(scene, again) != isByName)
    }

    /// Proposals by which a member takes out a leaf by name.
    private func named(_ leaf: UInt8) -> [UInt8] { [1, 0, 3, 0, 0, 0, leaf] }

    /// A host's Commit with which the third one goes, and these bytes as its list of proposals.
    private func removal(in scene: DeliveryScene, proposals: [UInt8]) -> DeliveryCommand.Commit {
        let commit = scene.commit(by: 0, removed: [2])
        return DeliveryCommand.Commit(
            group: commit.group, epoch: commit.epoch,
            commit: MLSBytes.commit(commit.group, commit.epoch, .member(0), list: proposals),
            added: [], removed: commit.removed, welcome: [], groupInfo: commit.groupInfo)
    }

    @Test("nor is who was lost by a Commit that was taken back, when a host then takes them out by name")
    func voided() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        scene.drop(people[2])
        scene.play(.seconds(30))
        let epoch = scene.epoch
        scene.forgetHeard()
        try scene.mustCommit(people[1], by: 1, removed: [2])
        let seq = try #require(scene.ordered(by: people[0]).last?.seq)
        scene.say(.ack(.init(group: DeliveryScene.group, seq: seq, verdict: .refused)), from: people[0])
        let fault = DeliveryCommand.fault(.init(group: DeliveryScene.group, epoch: epoch, code: 66, evidence: []))
        #expect(scene.say(fault, from: people[0]) == .ok)
        let isVoid = scene.heard(by: people[0]).contains { event in
            if case .voided(let void) = event { void.seq == seq } else { false }
        }
        try #require(isVoid)
        scene.epoch = epoch
        let commit = self.removal(in: scene, proposals: self.named(2))
        #expect(scene.say(.commit(commit), from: people[0]) == .ok)
        let again = scene.connect(key: people[2].key)
        #expect(scene.bind(again, leaf: 2) == .failed(.denied))
        #expect(!self.mayRead(scene, again))
    }
}
