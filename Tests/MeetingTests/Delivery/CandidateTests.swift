import Meeting
import Testing

@Suite("A joiner's own Commit is judged first (rule 2)")
struct CandidateTests {
    private func candidate(_ scene: DeliveryScene, by peer: DeliveryScene.Peer) -> DeliveryEvent.Candidate? {
        for case .candidate(let candidate) in scene.heard(by: peer) { return candidate }
        return nil
    }

    private func judge(
        _ scene: DeliveryScene, _ peer: DeliveryScene.Peer, _ candidate: DeliveryEvent.Candidate,
        _ verdict: DeliveryCommand.Ack.Verdict
    ) {
        scene.say(.ack(.init(group: candidate.group, seq: candidate.seq, verdict: verdict)), from: peer)
    }

    @Test("the steward judges, and only then it is ordered; the joiner hears its own Commit and binds")
    func accepted() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let joiner = scene.connect(.joins)
        #expect(scene.say(scene.joining(joiner, leaf: 2), from: joiner) == nil)
        let request = scene.lastRequest
        let candidate = try #require(self.candidate(scene, by: people[0]))
        #expect(candidate.seq == UInt64(1) << 63 | 1)
        #expect(scene.heard(by: people[1]) == [])
        self.judge(scene, people[0], candidate, .ok)
        #expect(scene.reply(to: request, of: joiner) == .ok)
        #expect(scene.ordered(by: people[1]).map(\.seq) == [2])
        #expect(scene.ordered(by: joiner).map(\.seq) == [2])
        scene.epoch += 1
        #expect(scene.bind(joiner, leaf: 2) == .ok)
        #expect(scene.say(scene.app(), from: joiner) == .ok)
    }

    @Test("after a second without a word the next steward is asked; the first may still answer")
    func next() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        let joiner = scene.connect(.joins)
        scene.say(scene.joining(joiner, leaf: 3), from: joiner)
        let request = scene.lastRequest
        let first = try #require(self.candidate(scene, by: people[0]))
        scene.pass(.milliseconds(999))
        #expect(self.candidate(scene, by: people[1]) == nil)
        scene.pass(.milliseconds(1))
        #expect(self.candidate(scene, by: people[1]) == first)
        #expect(self.candidate(scene, by: people[2]) == nil)
        // Whoever was not asked does not judge.
        self.judge(scene, people[2], first, .ok)
        #expect(scene.reply(to: request, of: joiner) == nil)
        self.judge(scene, people[0], first, .refused)
        #expect(scene.reply(to: request, of: joiner) == .failed(.denied))
        self.judge(scene, people[1], first, .ok)
        #expect(scene.ordered(by: people[2]) == [])
    }

    @Test("when nobody judges, the joiner is told to try again")
    func nobody() throws {
        let scene = try DeliveryScene()
        _ = try scene.meeting(members: 1)
        let joiner = scene.connect(.joins)
        scene.say(scene.joining(joiner, leaf: 2), from: joiner)
        let request = scene.lastRequest
        scene.play(.seconds(3))
        #expect(scene.reply(to: request, of: joiner) == .failed(.gone))
    }

    @Test("one is judged at a time: the next is told to propose instead")
    func oneAtATime() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 0)
        let first = scene.connect(.joins)
        let second = scene.connect(.joins)
        scene.say(scene.joining(first, leaf: 2), from: first)
        #expect(scene.say(scene.joining(second, leaf: 3), from: second) == .failed(.conflict))
        // A member's Commit makes the candidate stale.
        let request = scene.lastRequest - 1
        try scene.mustCommit(people[0], by: 0)
        #expect(scene.reply(to: request, of: first) == .failed(.stale))
    }

    @Test("whoever waits commits nothing; a host without a leaf shows its certificate and may")
    func gate() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 0)
        let guest = scene.connect(.waits)
        #expect(scene.say(scene.joining(guest, leaf: 2), from: guest) == .failed(.denied))
        let cohost = scene.connect(.waits)
        #expect(scene.say(DeliveryScene.get(.groupInfo), from: cohost) == .failed(.denied))
        let chain = try scene.authority.chain(.cohost, for: cohost.publicKey)
        #expect(scene.bind(cohost, leaf: .max, chain: chain, group: GroupID([])) == .ok)
        guard case .data(.groupInfo) = scene.say(DeliveryScene.get(.groupInfo), from: cohost) else {
            throw DeliveryScene.Unexpected()
        }
        scene.say(scene.joining(cohost, leaf: 2), from: cohost)
        #expect(self.candidate(scene, by: people[0]) != nil)
    }

    @Test("a member that lost its state takes its old leaf away and has a new one")
    func resync() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        scene.say(scene.joining(people[1], leaf: 1, removed: [1], mark: 4), from: people[1])
        let candidate = try #require(self.candidate(scene, by: people[0]))
        self.judge(scene, people[0], candidate, .ok)
        #expect(scene.ordered(by: people[1]).map(\.seq) == [2])
        scene.epoch += 1
        #expect(scene.say(scene.app(), from: people[1]) == .failed(.denied))
        #expect(scene.bind(people[1], leaf: 1) == .ok)
        #expect(scene.say(scene.app(), from: people[1]) == .ok)
    }
}
