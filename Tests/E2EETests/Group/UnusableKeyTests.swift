import E2EE
import Testing

/// A key to which nobody can encrypt would stop every path that has to reach it: all removals, all policies, all joins.
@Suite("Keys to which nobody can encrypt")
struct UnusableKeyTests {
    /// What is wrong with a key.
    enum Flaw: CaseIterable, Sendable {
        case short, coefficient, smallOrder

        func spoil(_ key: [UInt8]) -> [UInt8] {
            switch self {
            case .short: return [1]
            case .coefficient: return [0xFF, 0xFF, 0xFF] + key.dropFirst(3)
            case .smallOrder: return key.dropLast(32) + [UInt8](repeating: 0, count: 32)
            }
        }
    }

    /// Three members, and one more at leaf 3 who may lie.
    private func circle() throws -> (Circle, TwistedMember) {
        let circle = try Circle(.xWing, count: 3)
        let crypto = TwistedProvider()
        let own = try circle.newcomer()
        var plan = CommitPlan()
        plan.proposals = [add(own)]
        let pending = try circle.members[0].group.commit(plan)
        let welcome = try required(pending.welcome)
        let message = pending.message
        for member in circle.members.dropFirst() { try member.follow(message) }
        try circle.members[0].group.adopt(pending)
        return (circle, TwistedMember(try Group(joining: welcome, own, traffic: .any, crypto), crypto))
    }

    @Test("somebody whose key package has one is not added", arguments: Flaw.allCases)
    func added(_ flaw: Flaw) throws {
        let circle = try Circle(.xWing, count: 2)
        let crypto = TwistedProvider()
        for spoilt in 0..<2 {
            crypto.twistKeys { number, key in number == spoilt ? flaw.spoil(key) : key }
            let own = try OwnKeyPackage(
                .xWing, try identity("rogue", .xWing), Lifetime(notBefore: 100, notAfter: 200), crypto)
            var plan = CommitPlan()
            plan.proposals = [add(own)]
            plan.path = .whenNeeded
            #expect(throws: E2EEError(.validation, .unusableKey), "\(spoilt == 0 ? "init" : "leaf") key") {
                _ = try circle.members[0].group.commit(plan)
            }
            #expect(throws: E2EEError(.validation, .unusableKey)) {
                _ = try circle.members[1].group.propose(add(own))
            }
        }
    }

    @Test(
        "a path with one is refused by everybody, also by those who derive nothing of it, and its committer is named",
        arguments: Flaw.allCases, [0, 2])
    func path(_ flaw: Flaw, spoilt: Int) throws {
        let (circle, rogue) = try self.circle()
        // In this order: the parent that leaf 2 shares with the committer, the root, the committer's own leaf.
        rogue.crypto.twistKeys { number, key in number == spoilt ? flaw.spoil(key) : key }
        let message = try rogue.group.commit(CommitPlan()).message
        for member in circle.members {
            #expect(member.refusal(message) == E2EEError(.validation, .unusableKey, leaf: 3))
        }
        rogue.crypto.twistKeys { $1 }
        let honest = try rogue.group.commit(CommitPlan()).message
        for member in circle.members { try member.follow(honest) }
    }

    @Test("nobody joins a group whose tree has one", arguments: Flaw.allCases)
    func tree(_ flaw: Flaw) throws {
        let (_, rogue) = try self.circle()
        rogue.crypto.twistKeys { number, key in number == 2 ? flaw.spoil(key) : key }
        let pending = try rogue.group.commit(CommitPlan())
        try rogue.group.adopt(pending)
        let info = try rogue.group.groupInfo(hasTree: true)
        let eva = try identity("eva", .xWing)
        #expect(throws: E2EEError(.validation, .unusableKey, leaf: 3)) {
            _ = try ExternalJoin(info, eva, .init(), native)
        }
    }

    @Test("a path secret that does not open for one member is no fault that all of them see")
    func sealed() throws {
        let (circle, rogue) = try self.circle()
        rogue.crypto.twistEncapsulations { _, bytes in bytes.dropLast(32) + [UInt8](repeating: 0, count: 32) }
        let message = try rogue.group.commit(CommitPlan()).message
        for member in circle.members {
            let refusal = try #require(member.refusal(message))
            #expect(refusal == E2EEError(.validation, .updatePath, leaf: 3))
            #expect(!FaultCode(refusal: refusal).isDeterministic)
        }
    }
}
