import E2EE
import Testing

@Suite("Which messages a meeting's group takes")
struct GroupTrafficTests {
    /// Anna's core does all of RFC 9420, Bram's what a meeting does.
    private func pair() throws -> (anna: Member, bram: Member) {
        let anna = Member(try Group(creating: [7], try keyPackage("anna", .xWing), traffic: .any, native))
        let own = try keyPackage("bram", .xWing)
        var plan = CommitPlan()
        plan.proposals = [add(own)]
        let pending = try anna.group.commit(plan)
        let welcome = try required(pending.welcome)
        try anna.group.adopt(pending)
        return (anna, Member(try Group(joining: welcome, own, native)))
    }

    @Test(
        "a Commit or proposal that only members can read is refused, and so is what stands beside an application message"
    )
    func taken() throws {
        let (anna, bram) = try self.pair()
        let wrong = E2EEError(.validation, .sender)
        var plan = CommitPlan()
        plan.wireFormat = .privateMessage
        #expect(bram.refusal(try anna.group.commit(plan).message) == wrong)
        #expect(bram.refusal(try anna.group.propose(remove(1), .privateMessage)) == wrong)
        #expect(bram.refusal(try anna.group.seal([1], authenticatedData: [2])) == wrong)
        #expect(bram.holdings?.startedLeaves == [], "no key was spent on them")
        #expect(try bram.read(try anna.group.seal([1])) == [1])
        _ = try bram.group.receive(try anna.group.propose(remove(1)))
        try bram.follow(try anna.group.commit(CommitPlan()).message)
    }

    @Test("and its own core makes none of them, in no epoch")
    func made() throws {
        let (anna, bram) = try self.pair()
        try bram.follow(try anna.group.commit(CommitPlan()).message)
        let wrong = E2EEError(.usage, .sender)
        var plan = CommitPlan()
        plan.wireFormat = .privateMessage
        #expect(throws: wrong) { _ = try bram.group.commit(plan) }
        #expect(throws: wrong) { _ = try bram.group.propose(remove(0), .privateMessage) }
        #expect(throws: wrong) { _ = try bram.group.seal([1], authenticatedData: [2]) }
        #expect(try bram.group.proposals.isEmpty)
        let eva = try ExternalJoin(
            try anna.group.groupInfo(hasTree: true), try identity("eva", .xWing), .init(), native)
        let joined = Member(eva.joined())
        #expect(throws: wrong) { _ = try joined.group.commit(plan) }
    }
}
