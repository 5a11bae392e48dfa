import E2EE
import Testing

@Suite("Ways in and out of a group")
struct JoiningTests {
    @Test("somebody joins with a Commit of its own", arguments: [.x25519AES, .xWing] as [GroupSuite])
    func external(suite: GroupSuite) throws {
        let circle = try Circle(suite, count: 4)
        let eva = try circle.externalJoin(as: "eva")
        #expect(try eva.leaf == 4)
        try circle.expectAgreement()
        try circle.expectConversation()
        for member in circle.members { try circle.commit(by: member) }
        try circle.expectAgreement()
    }

    @Test("a client that lost its state comes back in place of its old leaf")
    func resync() throws {
        let circle = try Circle(.x25519AES, count: 5)
        let old = circle.members[2]
        var plan = ExternalJoin<SwiftCryptoProvider>.Plan()
        plan.removing = try old.leaf
        let back = try circle.externalJoin(plan, as: "back again")
        #expect(!old.isMember)
        #expect(try back.leaf == 2)
        #expect(circle.members.count == 5)
        try circle.expectAgreement()
        try circle.expectConversation()
    }

    @Test("a tree comes with the GroupInfo or apart from it: of two, one would be joined that nobody has looked at")
    func twoTrees() throws {
        let circle = try Circle(.x25519AES, count: 3)
        let (info, tree) = (
            try circle.members[0].group.groupInfo(hasTree: true), try circle.members[0].group.tree
        )
        let eva = try identity("eva", .x25519AES)
        #expect(throws: E2EEError(.validation, .extensions)) {
            _ = try ExternalJoin(info, tree: tree, eva, .init(), native)
        }
        #expect(throws: E2EEError(.usage, .tree)) {
            _ = try ExternalJoin(try circle.members[0].group.groupInfo(), eva, .init(), native)
        }
        _ = try ExternalJoin(info, eva, .init(), native)
        _ = try ExternalJoin(try circle.members[0].group.groupInfo(), tree: tree, eva, .init(), native)

        let newcomer = try circle.newcomer()
        var plan = CommitPlan()
        plan.proposals = [add(newcomer)]
        let pending = try circle.members[0].group.commit(plan)
        let welcome = try required(pending.welcome)
        let after = pending.staged.report.tree
        #expect(throws: E2EEError(.validation, .extensions)) {
            _ = try NativeGroup(joining: welcome, newcomer, tree: after, native)
        }
        _ = try NativeGroup(joining: welcome, newcomer, native)
    }

    @Test("whoever says that it leaves is out with the next Commit, a joiner's own included")
    func selfRemove() throws {
        let circle = try Circle(.x25519AES, count: 5)
        let (first, second) = (circle.members[1], circle.members[3])
        try circle.propose(by: first, .selfRemove(SelfRemove()))
        let report = try circle.commit(by: circle.members[0])
        #expect(report.removed == [1])
        #expect(!first.isMember)
        try circle.expectAgreement()

        let message = try second.group.propose(.selfRemove(SelfRemove()))
        try circle.hear(message, from: second)
        guard case .publicMessage(let leaving) = message else { throw Unexpected() }
        var plan = ExternalJoin<SwiftCryptoProvider>.Plan()
        plan.selfRemoves = [leaving]
        let eva = try circle.externalJoin(plan, as: "eva")
        #expect(!second.isMember)
        #expect(try eva.leaf == 1)
        try circle.expectAgreement()
        try circle.expectConversation()
    }

    @Test("a member cannot commit its own leaving, nor leave by an encrypted message or by value")
    func selfRemoveRules() throws {
        let circle = try Circle(.x25519AES, count: 3)
        let anna = circle.members[0]
        #expect(throws: E2EEError(.validation, .sender)) {
            _ = try anna.group.propose(.selfRemove(SelfRemove()), .privateMessage)
        }
        try circle.propose(by: anna, .selfRemove(SelfRemove()))
        var plan = CommitPlan()
        plan.waiting = .only(try anna.references)
        #expect(throws: E2EEError(.validation, .proposalList)) { _ = try anna.group.commit(plan) }
        plan.waiting = .only([])
        plan.proposals = [.selfRemove(SelfRemove())]
        #expect(throws: E2EEError(.validation, .proposalList)) { _ = try circle.members[1].group.commit(plan) }
    }

    @Test("two proposals about one member cannot stand together")
    func conflicts() throws {
        let circle = try Circle(.x25519AES, count: 4)
        try circle.propose(by: circle.members[2], remove(1))
        try circle.propose(by: circle.members[1], .selfRemove(SelfRemove()))
        var plan = CommitPlan()
        let references = try circle.members[0].references
        for chosen in [references, [references[0], references[0]]] {
            plan.waiting = .only(chosen)
            #expect(throws: E2EEError(.validation, .proposalList)) { _ = try circle.members[0].group.commit(plan) }
        }
        plan.waiting = .only([references[1]])
        #expect(try circle.commit(by: circle.members[0], plan, covering: false).removed == [1])
        #expect(circle.members.count == 3)
        try circle.expectAgreement()
        plan.waiting = .only([references[0]])
        #expect(throws: E2EEError(.usage, .unknown)) { _ = try circle.members[0].group.commit(plan) }
    }

    @Test("a sender outside the group proposes to remove, if the group knows its key; a joiner proposes itself")
    func outside() throws {
        let key = HeldSecret(try native.signatureKey(.ed25519))
        let publicKey = try signaturePublicKey(of: key.secret)
        let sender = ExternalSender(signatureKey: publicKey, credential: .basic(Array("server".utf8)))
        let circle = try Circle(
            .x25519AES, count: 4, extensions: [Extension(type: 5, data: ExternalSenders(senders: [sender]).encoded)])
        let context = try circle.members[0].group.context
        func message(_ proposal: Proposal, index: UInt32 = 0) throws -> MLSMessage {
            try OutsideProposal.external(
                proposal, index: index, groupID: context.groupID, epoch: context.epoch, suite: .x25519AES,
                signatureKey: key.secret, native)
        }
        try circle.hear(try message(remove(2)), from: nil)
        let newcomer = try circle.newcomer()
        try circle.hear(
            try OutsideProposal.newMember(newcomer, groupID: context.groupID, epoch: context.epoch, native), from: nil)
        #expect(
            circle.members[0].refusal(try message(remove(2), index: 1)) == E2EEError(.validation, .sender))
        #expect(throws: E2EEError(.usage, .sender)) { _ = try message(.selfRemove(SelfRemove())) }

        let report = try circle.commit(by: circle.members[1], CommitPlan(), [newcomer])
        #expect(report.removed == [2])
        #expect(report.added == [2])
        #expect(report.proposals.map(\.sender).contains(.external(0)))
        #expect(report.proposals.map(\.sender).contains(.newMemberProposal))
        try circle.expectAgreement()
    }

    @Test("a key package outside its lifetime is not added, but a Commit that adds it is followed")
    func lifetime() throws {
        let circle = try Circle(.x25519AES, count: 2)
        let newcomer = try circle.newcomer()
        var plan = CommitPlan()
        plan.proposals = [add(newcomer)]
        plan.now = 99
        #expect(throws: E2EEError(.validation, .keyPackage)) { _ = try circle.members[0].group.commit(plan) }
        plan.now = 201
        #expect(throws: E2EEError(.validation, .keyPackage)) { _ = try circle.members[0].group.commit(plan) }
        plan.now = 200
        try circle.commit(by: circle.members[0], plan, [newcomer])
        try circle.expectAgreement()
    }
}
