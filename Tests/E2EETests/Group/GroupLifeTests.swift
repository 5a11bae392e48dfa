import E2EE
import Testing

@Suite("A group from its first member to its last")
struct GroupLifeTests {
    static let suites: [GroupSuite] = [.x25519AES, .p256AES, .x25519ChaCha, .p521AES, .p384AES, .xWing]

    @Test("two members talk, heal their keys, and one is removed, in every suite", arguments: Self.suites)
    func two(suite: GroupSuite) throws {
        let circle = try Circle(suite, count: 2)
        let (anna, bram) = (circle.members[0], circle.members[1])
        try circle.expectAgreement()
        try circle.expectConversation()
        let before = try anna.authenticator
        try circle.commit(by: bram)
        #expect(try anna.authenticator != before)
        try circle.expectAgreement()
        try circle.expectConversation()

        var plan = CommitPlan()
        plan.proposals = [remove(try bram.leaf)]
        let report = try circle.commit(by: anna, plan)
        #expect(report.removed == [1])
        #expect(!bram.isMember)
        #expect(circle.members.count == 1)
        #expect(throws: E2EEError(.usage, .closed)) { _ = try bram.group.seal([1]) }
        #expect(try anna.group.tree.leafCount == 1)
    }

    @Test(
        "nine members join in one Commit, and every one of them can commit",
        arguments: [.x25519AES, .xWing] as [GroupSuite])
    func nine(suite: GroupSuite) throws {
        let circle = try Circle(suite, count: 9)
        try circle.expectAgreement()
        for member in circle.members { try circle.commit(by: member) }
        try circle.expectAgreement()
        try circle.expectConversation()
    }

    @Test("handshakes travel encrypted too, padded to buckets")
    func privateHandshake() throws {
        let circle = try Circle(.x25519AES, count: 3)
        var plan = CommitPlan()
        plan.wireFormat = .privateMessage
        try circle.propose(by: circle.members[1], add(try circle.newcomer()), .privateMessage)
        let pending = try circle.members[0].group.commit(plan)
        guard case .privateMessage(let message) = pending.message else { throw Unexpected() }
        #expect(message.ciphertext.count.isMultiple(of: 256))
        for _ in 0..<3 {
            let report = try circle.commit(by: circle.members[0], plan)
            #expect(report.sender == .member(0))
        }
        try circle.expectAgreement()
    }

    @Test("the tree may travel apart from the Welcome, and must be the right one")
    func treeApart() throws {
        let circle = try Circle(.x25519AES, count: 3)
        let wrong = try circle.members[0].group.tree
        var plan = CommitPlan()
        plan.welcomeHasTree = false
        let newcomer = try circle.newcomer()
        plan.proposals = [add(newcomer)]
        let pending = try circle.members[0].group.commit(plan)
        let welcome = try required(pending.welcome)
        #expect(throws: E2EEError(.validation, .treeHash)) {
            _ = try NativeGroup(joining: welcome, newcomer, tree: wrong, native)
        }
        #expect(throws: E2EEError(.usage, .tree)) { _ = try NativeGroup(joining: welcome, newcomer, native) }
        try circle.commit(by: circle.members[0], plan, [newcomer])
        try circle.expectAgreement()
    }

    @Test("a Commit that only adds needs no path, and whoever it adds can commit next")
    func pathless() throws {
        let circle = try Circle(.x25519AES, count: 4)
        var plan = CommitPlan()
        plan.path = .whenNeeded
        let newcomers = [try circle.newcomer(), try circle.newcomer()]
        plan.proposals = newcomers.map(add)
        #expect(try !circle.commit(by: circle.members[2], plan, newcomers).hasPath)
        try circle.expectAgreement()
        try circle.commit(by: circle.members[5])
        try circle.commit(by: circle.members[1])
        try circle.expectAgreement()
        try circle.expectConversation()
    }

    @Test("a Commit changes nothing before the delivery service accepted it, and then only once")
    func pending() throws {
        let circle = try Circle(.x25519AES, count: 3)
        let (anna, bram, cees) = (circle.members[0], circle.members[1], circle.members[2])
        let before = try anna.authenticator
        let lost = try anna.group.commit(CommitPlan())
        #expect(try anna.authenticator == before)
        let won = try bram.group.commit(CommitPlan())
        try anna.follow(won.message)
        try cees.follow(won.message)
        #expect(cees.refusal(lost.message) == E2EEError(.validation, .wrongEpoch))
        try bram.group.adopt(won)
        var refusal: E2EEError?
        do throws(E2EEError) { try anna.group.adopt(lost) } catch { refusal = error }
        #expect(refusal == E2EEError(.usage, .wrongEpoch))
        try circle.expectAgreement()
    }

    @Test("our own Commit that comes back is not validated but adopted")
    func own() throws {
        let circle = try Circle(.x25519AES, count: 2)
        let pending = try circle.members[0].group.commit(CommitPlan())
        #expect(circle.members[0].refusal(pending.message) == E2EEError(.usage, .own))
    }

    @Test("a member takes a new identity with its Commit")
    func newIdentity() throws {
        let circle = try Circle(.x25519AES, count: 3)
        var plan = CommitPlan()
        plan.identity = try identity("renamed by commit", .x25519AES)
        try circle.commit(by: circle.members[1], plan)
        let tree = try circle.members[0].group.tree
        #expect(tree.leaf(1)?.credential == .basic(Array("renamed by commit".utf8)))
        try circle.expectAgreement()
        for member in circle.members { try circle.commit(by: member) }
        try circle.expectConversation()
    }

    @Test("the group's extensions are replaced as a whole, and whoever does not support them cannot be in")
    func extensions() throws {
        let circle = try Circle(.x25519AES, count: 2)
        var plan = CommitPlan()
        let required = RequiredCapabilities(extensionTypes: [0xF0B2], proposalTypes: [0x000A], credentialTypes: [1])
        let new = [Extension(type: 3, data: required.encoded), Extension(type: 0xF0B2, data: [1, 2, 3])]
        plan.proposals = [.groupContextExtensions(GroupContextExtensions(extensions: new))]
        try circle.commit(by: circle.members[1], plan)
        #expect(try circle.members[0].group.context.extensions == new)

        let stranger = try keyPackage("no self-remove", .x25519AES, proposals: [])
        plan.proposals = [add(stranger)]
        #expect(throws: E2EEError(.validation, .capabilities, leaf: 2)) {
            _ = try circle.members[0].group.commit(plan)
        }
        plan.proposals = [
            .groupContextExtensions(GroupContextExtensions(extensions: [Extension(type: 0xF0FF, data: [])]))
        ]
        #expect(throws: E2EEError(.validation, .capabilities, leaf: 0)) {
            _ = try circle.members[0].group.commit(plan)
        }
        plan.proposals = [
            .groupContextExtensions(GroupContextExtensions(extensions: [new[1], new[1]]))
        ]
        #expect(throws: E2EEError(.validation, .extensions)) { _ = try circle.members[0].group.commit(plan) }
    }
}
