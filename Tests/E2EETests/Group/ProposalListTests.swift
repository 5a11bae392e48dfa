import E2EE
import Testing

@Suite("Lists of proposals that no Commit may have")
struct ProposalListTests {
    private func refusal(_ circle: Circle, _ proposals: [Proposal]) -> E2EEError? {
        var plan = CommitPlan()
        plan.proposals = proposals
        do throws(E2EEError) {
            _ = try circle.members[0].group.commit(plan)
            return nil
        } catch {
            return error
        }
    }

    @Test("removing oneself, somebody twice, or nobody")
    func removes() throws {
        let circle = try Circle(.x25519AES, count: 3)
        let wrong = E2EEError(.validation, .proposalList)
        #expect(self.refusal(circle, [remove(0)]) == wrong)
        #expect(self.refusal(circle, [remove(1), remove(1)]) == wrong)
        #expect(self.refusal(circle, [remove(3)]) == wrong)
        #expect(self.refusal(circle, [remove(.max)]) == wrong)
        #expect(self.refusal(circle, [remove(1), remove(2)]) == nil)
    }

    @Test("adding the same client twice, or one who is in; unless it is removed in the same Commit")
    func adds() throws {
        let circle = try Circle(.x25519AES, count: 2)
        let newcomer = try circle.newcomer()
        #expect(self.refusal(circle, [add(newcomer), add(newcomer)]) == E2EEError(.validation, .proposalList))
        var plan = CommitPlan()
        plan.proposals = [add(newcomer)]
        try circle.commit(by: circle.members[0], plan, [newcomer])
        #expect(self.refusal(circle, [add(newcomer)]) == E2EEError(.validation, .keyReuse))
        #expect(self.refusal(circle, [remove(2), add(newcomer)]) == nil)
    }

    @Test("a client of another suite, or one that does not support the group's")
    func suites() throws {
        let circle = try Circle(.x25519AES, count: 2)
        #expect(
            self.refusal(circle, [add(try keyPackage("other", .p256AES))]) == E2EEError(.validation, .keyPackage))
    }

    @Test("an Update by the committer, an ExternalInit in a member's Commit, two lists of extensions")
    func others() throws {
        let circle = try Circle(.x25519AES, count: 2)
        let wrong = E2EEError(.validation, .proposalList)
        let leafNode = try #require(try circle.members[0].group.tree.leaf(0))
        #expect(self.refusal(circle, [.update(Update(leafNode: leafNode))]) == wrong)
        #expect(
            self.refusal(circle, [.externalInit(ExternalInit(kemOutput: []))]) == E2EEError(.validation, .sender))
        let extensions = Proposal.groupContextExtensions(GroupContextExtensions(extensions: []))
        #expect(self.refusal(circle, [extensions, extensions]) == wrong)
        #expect(self.refusal(circle, [extensions]) == nil)
    }

    @Test("a Commit that names a proposal its reader never heard")
    func unheard() throws {
        let circle = try Circle(.x25519AES, count: 3)
        let message = try circle.members[2].group.propose(remove(1))
        _ = try circle.members[0].group.receive(message)
        var plan = CommitPlan()
        plan.waiting = .only(try circle.members[0].references)
        let pending = try circle.members[0].group.commit(plan)
        #expect(circle.members[1].refusal(pending.message) == E2EEError(.validation, .unknown))
        _ = try circle.members[1].group.receive(message)
        #expect(circle.members[1].refusal(pending.message) == nil)
        #expect(try circle.members[1].follow(pending.message).removesUs)
        #expect(!circle.members[1].isMember)
    }

    @Test("an external Commit whose joiner has the key of somebody who is in")
    func externalKeys() throws {
        let circle = try Circle(.x25519AES, count: 2)
        let eva = try identity("eva", .x25519AES)
        let info = try circle.members[0].group.groupInfo(hasTree: true)
        let join = try ExternalJoin(info, eva, .init(), native)
        for member in circle.members { try member.follow(join.message) }
        let next = try circle.members[0].group.groupInfo(hasTree: true)
        #expect(throws: E2EEError(.validation, .keyReuse)) { _ = try ExternalJoin(next, eva, .init(), native) }
        var plan = ExternalJoin<SwiftCryptoProvider>.Plan()
        plan.removing = 2
        let again = try ExternalJoin(next, eva, plan, native)
        for member in circle.members { try member.follow(again.message) }
        #expect(try circle.members[0].group.tree.members == [0, 1, 2])
    }
}
