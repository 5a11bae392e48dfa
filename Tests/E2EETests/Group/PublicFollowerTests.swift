import E2EE
import Testing

/// What a joiner makes of the log before anything in it is verified.
@Suite("Following a group from outside")
struct PublicFollowerTests {
    /// A Commit as it stands in a log when nobody has signed it.
    private func unsigned(_ commit: Commit, by sender: Sender, _ circle: Circle) throws -> MLSMessage {
        let context = try circle.members[0].group.context
        let content = FramedContent(
            groupID: context.groupID, epoch: context.epoch, sender: sender, authenticatedData: [],
            content: .commit(commit))
        // Version and form; then empty signature, confirmation tag and, of a member, membership tag.
        let tags: [UInt8] = sender.type == .member ? [0, 0, 0] : [0, 0]
        return try MLSMessage(decoding: [0, 1, 0, 1] + content.encoded + tags)
    }

    private func follower(_ circle: Circle) throws -> PublicFollower<SwiftCryptoProvider> {
        try PublicFollower(tree: try circle.members[0].group.tree, try circle.members[0].group.context, native)
    }

    /// Why a log is followed no further. Nothing has changed then.
    private func refusal(_ messages: [MLSMessage], _ circle: Circle) throws -> E2EEError? {
        var follower = try self.follower(circle)
        let before = follower.tree
        do throws(E2EEError) {
            for message in messages { try follower.follow(message) }
            return nil
        } catch {
            #expect(follower.tree == before)
            #expect(try follower.epoch == circle.members[0].epoch)
            return error
        }
    }

    @Test("it comes to the tree of the members, through all that changes one")
    func honest() throws {
        let circle = try Circle(.x25519AES, count: 5)
        var follower = try self.follower(circle)
        let newcomer = try circle.newcomer()
        let proposals = [
            try circle.members[1].group.propose(add(newcomer)),
            try circle.members[2].group.propose(.selfRemove(SelfRemove())),
        ]
        try circle.hear(proposals[0], from: circle.members[1])
        try circle.hear(proposals[1], from: circle.members[2])
        var plan = CommitPlan()
        plan.waiting = .only(try circle.members[0].references)
        plan.proposals = [remove(3)]
        let pending = try circle.members[0].group.commit(plan)
        for message in proposals + [pending.message] { try follower.follow(message) }
        try circle.members[0].group.adopt(pending)
        #expect(try follower.tree == circle.members[0].group.tree)

        let info = try circle.members[0].group.groupInfo(hasTree: true)
        let join = try ExternalJoin(info, try identity("eva", .x25519AES), .init(), native)
        try follower.follow(join.message)
        try circle.members[0].follow(join.message)
        #expect(try follower.tree == circle.members[0].group.tree)
        #expect(try follower.epoch == circle.members[0].epoch)
    }

    @Test(
        "a leaf that is removed twice is removed by nobody, however often the tree would shrink", arguments: [2, 3, 5])
    func twice(count: Int) throws {
        let circle = try Circle(.x25519AES, count: count)
        let last = UInt32(count - 1)
        let removal = ProposalOrRef.proposal(remove(last))
        let wrong = E2EEError(.validation, .proposalList)
        let double = try self.unsigned(Commit(proposals: [removal, removal], path: nil), by: .member(0), circle)
        #expect(try self.refusal([double], circle) == wrong)

        let leaving = try circle.members[count - 1].group.propose(.selfRemove(SelfRemove()))
        try circle.hear(leaving, from: circle.members[count - 1])
        let reference = try required(try circle.members[0].references.first)
        let both = try self.unsigned(
            Commit(proposals: [.reference(reference), removal], path: nil), by: .member(0), circle)
        #expect(try self.refusal([leaving, both], circle) == wrong)
        let outside = ProposalOrRef.proposal(remove(.max))
        let nowhere = try self.unsigned(Commit(proposals: [outside], path: nil), by: .member(0), circle)
        #expect(try self.refusal([nowhere], circle) == wrong)
    }

    @Test("a joiner's Commit without a path, and a path of another shape than the tree, are no Commits")
    func paths() throws {
        let circle = try Circle(.x25519AES, count: 4)
        let empty = try self.unsigned(Commit(proposals: [], path: nil), by: .newMemberCommit, circle)
        #expect(try self.refusal([empty], circle) == E2EEError(.validation, .pathShape))
        guard case .publicMessage(let message) = try circle.members[1].group.commit(CommitPlan()).message,
            case .commit(var commit) = message.content.content
        else { throw Unexpected() }
        #expect(try self.refusal([try self.unsigned(commit, by: .member(1), circle)], circle) == nil)
        commit.path?.nodes.removeLast()
        #expect(
            try self.refusal([try self.unsigned(commit, by: .member(1), circle)], circle)
                == E2EEError(.validation, .pathShape, leaf: 1))
    }

    @Test("more than a Commit may hold is not even tried")
    func limits() throws {
        let circle = try Circle(.x25519AES, count: 2)
        let newcomer = add(try circle.newcomer())
        func adding(_ count: Int) throws -> MLSMessage {
            let items = (0..<count).map { _ in ProposalOrRef.proposal(newcomer) }
            return try self.unsigned(Commit(proposals: items, path: nil), by: .member(0), circle)
        }
        #expect(try self.refusal([try adding(128)], circle) == nil)
        #expect(try self.refusal([try adding(129)], circle) == E2EEError(.validation, .limit))
        let unheard = (0..<1_025).map { _ in ProposalOrRef.reference([1]) }
        let long = try self.unsigned(Commit(proposals: unheard, path: nil), by: .member(0), circle)
        #expect(try self.refusal([long], circle) == E2EEError(.validation, .limit))
    }
}
