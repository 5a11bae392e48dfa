import BeraadTesting
import E2EE
import Testing

/// What `Fuzz/run` does for minutes, for a moment: true messages cut, changed and lengthened at every door.
@Suite("The doors of the group protocol")
struct MLSFuzzTests {
    private func samples() throws -> [[UInt8]] {
        let circle = try Circle(.x25519AES, count: 5)
        let newcomer = try circle.newcomer()
        var plan = CommitPlan()
        plan.proposals = [add(newcomer), remove(1)]
        let pending = try circle.members[0].group.commit(plan)
        let welcome = try required(pending.welcome)
        return [
            pending.message.encoded, MLSMessage.welcome(welcome).encoded,
            MLSMessage.keyPackage(newcomer.keyPackage).encoded,
            MLSMessage.groupInfo(try circle.members[0].group.groupInfo(hasTree: true)).encoded,
            try circle.members[0].group.seal([1]).encoded, try circle.members[2].group.propose(remove(3)).encoded,
            try circle.members[0].group.tree.encoded,
        ]
    }

    @Test("no decoder traps on a changed message, and what it reads it writes again")
    func doors() throws {
        var chance = SeededGenerator(seed: 4_712)
        for sample in try self.samples() {
            for round in 0..<400 {
                var bytes = sample
                for _ in 0...(round % 4) {
                    bytes[Int(chance.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: chance.next())
                }
                if round.isMultiple(of: 3) { bytes.removeLast(Int(chance.next() % UInt64(bytes.count))) }
                if round.isMultiple(of: 7) { bytes.append(0) }
                MLSFuzz.message(bytes.span)
                MLSFuzz.tree(bytes.span)
                for kind in UInt8(0)..<12 {
                    let part = [kind] + bytes
                    MLSFuzz.part(part.span)
                }
                MLSFuzz.varint(bytes.span)
            }
        }
    }

    @Test("no log that was tampered with stops whoever follows a group from outside")
    func log() throws {
        let circle = try Circle(.x25519AES, count: 5)
        let tree = try circle.members[0].group.tree.encoded
        let leaving = try circle.members[4].group.propose(.selfRemove(SelfRemove()))
        try circle.hear(leaving, from: circle.members[4])
        var plan = CommitPlan()
        plan.waiting = .only(try circle.members[0].references)
        plan.proposals = [remove(1), add(try circle.newcomer())]
        let commit = try circle.members[0].group.commit(plan).message
        let sample = tree + leaving.encoded + commit.encoded
        MLSFuzz.log(sample.span)
        var chance = SeededGenerator(seed: 4_713)
        for round in 0..<1_500 {
            var bytes = sample
            for _ in 0...(round % 3) {
                // Half of them in the messages, where leaves are named.
                let from = round.isMultiple(of: 2) ? tree.count : 0
                let place = from + Int(chance.next() % UInt64(bytes.count - from))
                bytes[place] = round.isMultiple(of: 3) ? bytes[place] ^ 1 : UInt8(truncatingIfNeeded: chance.next())
            }
            MLSFuzz.log(bytes.span)
        }
    }

    @Test("a length has one spelling: longer forms and the eight-byte form are refused")
    func lengths() {
        for bytes in ["4001", "80000001", "c000000000000001", "7f"] {
            #expect(throws: E2EEError(.codec, .malformed)) { _ = try ExternalSenders(decoding: hex(bytes)) }
        }
        #expect(throws: Never.self) { _ = try ExternalSenders(decoding: [0]) }
        #expect(throws: E2EEError(.codec, .malformed)) { _ = try ExternalSenders(decoding: [0, 0]) }
    }

    @Test("a tree of nothing, or with a leaf among the parents, is no tree")
    func trees() throws {
        let tree = try Circle(.x25519AES, count: 2).members[0].group.tree.encoded
        #expect(throws: Never.self) { _ = try RatchetTree(decoding: tree) }
        for bytes in [[0], [1, 0], [3, 0, 0, 0]] as [[UInt8]] {
            #expect(throws: E2EEError(.codec, .tree)) { _ = try RatchetTree(decoding: bytes) }
        }
        let blanks = [0x80, 0x01, 0x11, 0x70] + [UInt8](repeating: 0, count: 70_000)
        #expect(throws: E2EEError(.codec, .malformed)) { _ = try RatchetTree(decoding: blanks) }
    }
}
