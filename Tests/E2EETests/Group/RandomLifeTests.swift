import BeraadTesting
import E2EE
import Testing

/// Random meetings: whatever happens, everybody who is in agrees.
@Suite("A group in which anything happens")
struct RandomLifeTests {
    @Test("members agree after every step of a random life", arguments: 1...6 as ClosedRange<UInt64>)
    func classical(seed: UInt64) throws { try self.live(.x25519AES, seed: seed, steps: 40) }

    @Test("members agree after every step of a random life in the product's suite", arguments: [11, 12] as [UInt64])
    func hybrid(seed: UInt64) throws { try self.live(.xWing, seed: seed, steps: 20) }

    private func live(_ suite: GroupSuite, seed: UInt64, steps: Int) throws {
        var chance = SeededGenerator(seed: seed)
        let circle = try Circle(suite, count: 3)
        for step in 0..<steps {
            let messages = try self.talk(circle, &chance)
            try self.step(circle, Int.random(in: 0..<11, using: &chance), "\(seed) \(step)", &chance)
            try circle.expectAgreement()
            for (reader, message) in messages where reader.isMember {
                #expect(reader.refusal(message) == E2EEError(.validation, .wrongEpoch))
            }
        }
        try circle.expectConversation()
    }

    /// Messages are read out of order, and one of them comes too late for its epoch.
    private func talk(_ circle: Circle, _ chance: inout SeededGenerator) throws -> [(Member, MLSMessage)] {
        guard circle.members.count > 1 else { return [] }
        let sender = circle.members.randomElement(using: &chance) ?? circle.members[0]
        let reader = circle.members.first { $0 !== sender } ?? sender
        var messages: [(UInt8, MLSMessage)] = []
        for number in UInt8(0)..<4 { messages.append((number, try sender.group.seal([number]))) }
        messages.shuffle(using: &chance)
        for (number, message) in messages.dropLast() { #expect(try reader.read(message) == [number]) }
        return messages.suffix(1).map { (reader, $0.1) }
    }

    private func step(
        _ circle: Circle, _ choice: Int, _ name: String, _ chance: inout SeededGenerator
    ) throws {
        let members = circle.members
        let committer = members.randomElement(using: &chance) ?? members[0]
        let other = members.filter { $0 !== committer }.randomElement(using: &chance)
        var plan = CommitPlan()
        plan.wireFormat = Bool.random(using: &chance) ? .publicMessage : .privateMessage
        plan.path = Bool.random(using: &chance) ? .always : .whenNeeded
        switch (choice, other) {
        case (0...2, _):
            let newcomers = try (0...choice).map { _ in try circle.newcomer() }
            plan.proposals = newcomers.map(add)
            try circle.commit(by: committer, plan, newcomers)
        case (3, let other?) where members.count > 2:
            plan.proposals = [remove(try other.leaf)]
            try circle.commit(by: committer, plan)
        case (4, let other?) where members.count > 2:
            let third = members.first { $0 !== other && $0 !== committer } ?? other
            try circle.propose(by: third, remove(try other.leaf), plan.wireFormat)
            try circle.commit(by: committer, plan)
        case (5, let other?) where members.count > 2:
            try circle.propose(by: other, .selfRemove(SelfRemove()))
            try circle.commit(by: committer, plan)
        case (6, _): try circle.externalJoin(as: "joiner \(name)")
        case (7, let other?):
            var join = ExternalJoin<SwiftCryptoProvider>.Plan()
            join.removing = try other.leaf
            try circle.externalJoin(join, as: "resync \(name)")
        case (8, _):
            var key = PreSharedKeys()
            key.set(external: Array(name.utf8), heldSecret(Array("key of \(name)".utf8)))
            plan.preSharedKeys = key
            let id = PreSharedKeyID(name: .external(Array(name.utf8)), nonce: [UInt8](repeating: 5, count: 32))
            plan.proposals = [.preSharedKey(PreSharedKey(psk: id))]
            try circle.commit(by: committer, plan)
        case (9, let other?) where members.count > 3:
            // Everything at once: an Add by reference, a Remove and somebody who leaves.
            let newcomer = try circle.newcomer()
            let rest = members.filter { $0 !== committer && $0 !== other }
            try circle.propose(by: rest[0], add(newcomer), plan.wireFormat)
            try circle.propose(by: other, .selfRemove(SelfRemove()))
            plan.proposals = [remove(try rest[1].leaf)]
            try circle.commit(by: committer, plan, [newcomer])
        default: try circle.commit(by: committer, plan)
        }
    }
}
