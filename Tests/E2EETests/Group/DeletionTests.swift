import E2EE
import Testing

@Suite("What is deleted, and when")
struct DeletionTests {
    @Test("the encryption secret is gone at once, and a node of the secret tree when what is below it was derived")
    func secretTree() throws {
        let circle = try Circle(.x25519AES, count: 4)
        let (anna, bram) = (circle.members[0], circle.members[1])
        let start = try #require(bram.holdings)
        #expect(!start.hasEncryptionSecret)
        #expect(start.secretTreeNodes == [3])
        #expect(start.startedLeaves == [])
        _ = try bram.read(try anna.group.seal([1]))
        let then = try #require(bram.holdings)
        #expect(then.secretTreeNodes == [2, 5])
        #expect(then.startedLeaves == [0])
    }

    @Test("a message opens once, also when it comes late")
    func once() throws {
        let circle = try Circle(.x25519AES, count: 2)
        let (anna, bram) = (circle.members[0], circle.members[1])
        let messages = try (UInt8(0)..<4).map { try anna.group.seal([$0]) }
        #expect(try bram.read(messages[3]) == [3])
        #expect(bram.holdings?.waitingKeys == 3)
        for number in [1, 0, 2] { #expect(try bram.read(messages[number]) == [UInt8(number)]) }
        #expect(bram.holdings?.waitingKeys == 0)
        for message in messages { #expect(bram.refusal(message) == E2EEError(.validation, .generation)) }
    }

    @Test("64 skipped keys wait for late messages and no more; nobody is made to derive more than 1,000")
    func limits() throws {
        let circle = try Circle(.x25519AES, count: 2)
        let (anna, bram) = (circle.members[0], circle.members[1])
        var messages: [MLSMessage] = []
        for _ in 0...1_069 { messages.append(try anna.group.seal([1], .none)) }
        #expect(try bram.read(messages[66]) == [1])
        #expect(bram.holdings?.waitingKeys == 64)
        #expect(bram.refusal(messages[1]) == E2EEError(.validation, .generation))
        #expect(try bram.read(messages[2]) == [1])
        #expect(try bram.read(messages[67]) == [1])
        let before = bram.holdings
        #expect(bram.refusal(messages[1_069]) == E2EEError(.validation, .ahead))
        #expect(bram.holdings == before)
        #expect(try bram.read(messages[1_068]) == [1])
    }

    @Test("an epoch's messages cannot be opened in the next one, and its proposals are forgotten")
    func epochs() throws {
        let circle = try Circle(.x25519AES, count: 3)
        let (anna, bram) = (circle.members[0], circle.members[1])
        let late = try anna.group.seal([1])
        try circle.propose(by: circle.members[2], remove(1))
        #expect(bram.holdings?.proposals == 1)
        try circle.commit(by: anna, covering: false)
        #expect(bram.refusal(late) == E2EEError(.validation, .wrongEpoch))
        #expect(bram.holdings?.proposals == 0)
    }

    @Test("after the exports of an epoch the exporter secret is gone, until the next epoch")
    func exporter() throws {
        let circle = try Circle(.x25519AES, count: 2)
        let anna = circle.members[0]
        let label = Array("SFrame 1.0 Base Key".utf8)
        _ = try anna.group.export(label, context: [], count: 16)
        try anna.group.dropExporter()
        #expect(anna.holdings?.hasExporter == false)
        #expect(throws: E2EEError(.usage, .wornOut)) { _ = try anna.group.export(label, context: [], count: 16) }
        try circle.commit(by: circle.members[1])
        try circle.expectAgreement()
    }

    @Test("private keys of nodes that were blanked or replaced are dropped")
    func paths() throws {
        let circle = try Circle(.x25519AES, count: 4)
        let anna = circle.members[0]
        #expect(anna.holdings?.pathNodes == [0, 1, 3])
        var plan = CommitPlan()
        plan.proposals = [remove(1)]
        try circle.commit(by: circle.members[2], plan)
        #expect(anna.holdings?.pathNodes == [0, 3])
        #expect(circle.members[1].holdings?.pathNodes == [3, 4, 5])
    }
}
