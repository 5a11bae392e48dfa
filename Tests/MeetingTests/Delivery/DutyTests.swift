import Crypto
import Meeting
import Testing
import Wire

@Suite("Who is asked, and when")
struct DutyTests {
    private func duties(_ scene: DeliveryScene, _ peer: DeliveryScene.Peer) -> [DeliveryEvent.Duty.Task] {
        scene.heard(by: peer).compactMap { if case .duty(let duty) = $0 { duty.task } else { nil } }
    }

    @Test("the nearest leaf commits a removal, after a second the next, after three everybody")
    func nearest() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 6)
        // Leaves 0…6: nearest to 5 is 4, then 6, then 0.
        scene.say(.propose(MLSBytes.proposal(DeliveryScene.group, 1, .member(5))), from: people[5])
        scene.play(.milliseconds(1_999))
        for peer in people { #expect(self.duties(scene, peer) == []) }
        var asked: [[Int]] = []
        for step in 0..<4 {
            scene.play(step == 0 ? .milliseconds(1) : .seconds(1))
            asked.append(people.indices.filter { self.duties(scene, people[$0]) == [.commitRemovals] })
        }
        #expect(asked == [[4], [6], [0], [0, 1, 2, 3, 4, 6]])
        // Done: nobody is asked any more.
        try scene.mustCommit(people[4], by: 4, removed: [5])
        scene.play(.seconds(20))
        for peer in people { #expect(self.duties(scene, peer) == []) }
    }

    @Test("whoever went for good is proposed for removal at once; whoever only dropped out is not")
    func departed() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        scene.depart(people[3])
        scene.drop(people[2])
        let proposals = scene.ordered(by: people[0])
        #expect(proposals.count == 1)
        let proposal = try #require(proposals.first)
        guard case .open(.external(0), .proposal, let offset) = try MLSHead(proposal.message.rawSpan).form else {
            throw DeliveryScene.Unexpected()
        }
        #expect(Array(proposal.message[offset..<offset + 6]) == [0, 3, 0, 0, 0, 3])
        #expect(self.duties(scene, people[2]) == [.commitRemovals])
    }

    @Test("a lost leaf is hinted at, and after thirty seconds the server proposes its removal with its own key")
    func lost() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 3)
        scene.drop(people[3])
        #expect(
            scene.heard(by: people[0]) == [
                .lost(.init(group: DeliveryScene.group, leaf: LeafIndex(3), sinceMilliseconds: 0))
            ])
        scene.play(.milliseconds(29_999))
        #expect(scene.heard(by: people[0]) == [])
        scene.forgetHeard()
        scene.play(.milliseconds(1))
        let proposal = try #require(scene.ordered(by: people[0]).first)
        // The nearest is told at once.
        #expect(self.duties(scene, people[2]) == [.commitRemovals])
        let span = proposal.message.rawSpan
        let head = try MLSHead(span)
        guard case .open(.external(0), .proposal, let offset) = head.form else { throw DeliveryScene.Unexpected() }
        #expect(head.epoch == 1 && head.groupID == DeliveryScene.group.bytes)
        #expect(Array(proposal.message[offset..<offset + 6]) == [0, 3, 0, 0, 0, 3])
        let signed = Array(proposal.message.prefix(offset + 6))
        let signature = Array(proposal.message.suffix(64))
        #expect(proposal.message.count == offset + 6 + 2 + 64)
        var content = ByteWriter()
        content.vector(Array("MLS 1.0 FramedContentTBS".utf8))
        content.vector(signed)
        let key = try Curve25519.Signing.PublicKey(rawRepresentation: scene.delivery.publicKey.bytes)
        #expect(key.isValidSignature(signature, for: content.bytes))
    }

    @Test("a leaf that comes back in time stays")
    func back() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        scene.drop(people[1])
        scene.play(.seconds(29))
        #expect(scene.bind(scene.connect(key: people[1].key), leaf: 1) == .ok)
        scene.play(.seconds(60))
        #expect(scene.ordered(by: people[0]) == [])
    }

    @Test("a removal that was not committed is proposed again in the next epoch")
    func again() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        scene.drop(people[2])
        scene.play(.seconds(30))
        scene.forgetHeard()
        try scene.mustCommit(people[0], by: 0)
        #expect(scene.ordered(by: people[1]).map(\.seq) == [3, 4])
    }

    @Test("joins that wait half a second are the steward's to commit; sixty-four are at once")
    func joins() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let proposal = MLSBytes.proposal(DeliveryScene.group, 1, .newMemberProposal)
        #expect(scene.say(.propose(proposal), from: scene.connect(.joins)) == .ok)
        scene.play(.milliseconds(499))
        #expect(self.duties(scene, people[0]) == [])
        scene.play(.milliseconds(1))
        #expect(self.duties(scene, people[0]) == [.commitJoins])
        #expect(self.duties(scene, people[1]) == [])
        try scene.mustCommit(people[0], by: 0)
        let next = MLSBytes.proposal(DeliveryScene.group, 2, .newMemberProposal)
        for _ in 0..<64 { scene.say(.propose(next), from: scene.connect(.joins)) }
        scene.forgetHeard()
        scene.play(.zero)
        #expect(self.duties(scene, people[0]) == [.commitJoins])
    }

    @Test("after thirty-two Commits the steward uploads a snapshot")
    func snapshot() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        for _ in 0..<30 { try scene.mustCommit(people[1], by: 1) }
        scene.play(.zero)
        #expect(self.duties(scene, people[0]) == [])
        try scene.mustCommit(people[1], by: 1)
        scene.play(.zero)
        #expect(self.duties(scene, people[0]) == [.uploadSnapshot])
        let info = MLSBytes.groupInfo(DeliveryScene.group, scene.epoch)
        let snapshot = DeliveryCommand.Snapshot(
            group: DeliveryScene.group, epoch: scene.epoch, tree: [5], groupInfo: info)
        #expect(scene.say(.snapshot(snapshot), from: people[0]) == .ok)
        scene.play(.seconds(30))
        #expect(self.duties(scene, people[0]) == [] && self.duties(scene, people[1]) == [])
    }

    @Test("without a new path for five minutes the steward commits nothing, for new keys")
    func renewal() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        scene.play(.seconds(294))
        #expect(self.duties(scene, people[0]) == [])
        scene.play(.seconds(1))
        #expect(self.duties(scene, people[0]) == [.emptyCommit])
        let empty = scene.commit(by: 0, proposals: 0)
        #expect(scene.say(.commit(empty), from: people[0]) == .ok)
        scene.epoch += 1
        scene.play(.seconds(299))
        #expect(self.duties(scene, people[0]) == [])
    }
}
