import E2EE
import Testing

@Suite("Anything tampered with")
struct TamperTests {
    /// The message with one bit turned at places spread over its whole length.
    private func spoiled(_ bytes: [UInt8], places: Int) -> [[UInt8]] {
        let step = max(1, bytes.count / places)
        return stride(from: 0, to: bytes.count, by: step).map { place in
            var copy = bytes
            copy[place] ^= 1 << UInt8(place % 8)
            return copy
        }
    }

    private func spoiledMessages(_ message: MLSMessage, places: Int) -> [MLSMessage] {
        self.spoiled(message.encoded, places: places).compactMap { try? MLSMessage(decoding: $0) }
    }

    @Test(
        "a Commit is refused after any change, and the true one is followed afterwards",
        arguments: [WireFormat.publicMessage, .privateMessage])
    func commit(wireFormat: WireFormat) throws {
        let circle = try Circle(.x25519AES, count: 4)
        var plan = CommitPlan()
        plan.wireFormat = wireFormat
        plan.proposals = [remove(3), add(try circle.newcomer())]
        let (anna, bram) = (circle.members[0], circle.members[1])
        let pending = try anna.group.commit(plan)
        let before = bram.holdings
        let state = try bram.authenticator
        for message in self.spoiledMessages(pending.message, places: 220) {
            #expect(bram.refusal(message) != nil)
        }
        #expect(bram.holdings == before)
        #expect(try bram.authenticator == state)
        try bram.follow(pending.message)
        try anna.group.adopt(pending)
        #expect(try bram.authenticator == anna.authenticator)
    }

    @Test("an external Commit is refused after any change")
    func externalCommit() throws {
        let circle = try Circle(.x25519AES, count: 3)
        let info = try circle.members[0].group.groupInfo(hasTree: true)
        let join = try ExternalJoin(info, try identity("eva", .x25519AES), .init(), native)
        let message = join.message
        for spoiled in self.spoiledMessages(message, places: 200) {
            #expect(circle.members[1].refusal(spoiled) != nil)
        }
        try circle.members[1].follow(message)
        let eva = Member(join.joined())
        #expect(try circle.members[1].authenticator == eva.authenticator)
    }

    @Test("an application message and a proposal are refused after any change, and the true ones still arrive")
    func messages() throws {
        let circle = try Circle(.xWing, count: 2)
        let (anna, bram) = (circle.members[0], circle.members[1])
        let sealed = try anna.group.seal([1, 2, 3])
        for message in self.spoiledMessages(sealed, places: 100) { #expect(bram.refusal(message) != nil) }
        #expect(try bram.read(sealed) == [1, 2, 3])
        let proposal = try anna.group.propose(add(try circle.newcomer()))
        for message in self.spoiledMessages(proposal, places: 200) { #expect(bram.refusal(message) != nil) }
        #expect(try bram.group.proposals.isEmpty)
        _ = try bram.group.receive(proposal)
        #expect(try bram.group.proposals.count == 1)
    }

    @Test("a Welcome lets nobody in after any change")
    func welcome() throws {
        let circle = try Circle(.x25519AES, count: 3)
        let newcomer = try circle.newcomer()
        var plan = CommitPlan()
        plan.proposals = [add(newcomer)]
        let pending = try circle.members[0].group.commit(plan)
        let welcome = try required(pending.welcome)
        for bytes in self.spoiled(welcome.encoded, places: 150) {
            #expect(throws: E2EEError.self) {
                _ = try NativeGroup(joining: try Welcome(decoding: bytes), newcomer, native)
            }
        }
        _ = try NativeGroup(joining: welcome, newcomer, native)
        let other = try circle.newcomer()
        #expect(throws: E2EEError(.validation, .unknown)) { _ = try NativeGroup(joining: welcome, other, native) }
    }

    @Test("a GroupInfo with any change in it, or in its tree, starts no external Commit")
    func groupInfo() throws {
        let circle = try Circle(.x25519AES, count: 3)
        let info = try circle.members[0].group.groupInfo(hasTree: true)
        let eva = try identity("eva", .x25519AES)
        for bytes in self.spoiled(info.encoded, places: 200) {
            #expect(throws: E2EEError.self) {
                _ = try ExternalJoin(try GroupInfo(decoding: bytes), eva, .init(), native)
            }
        }
    }

    @Test("a key package with any change in it is added by nobody")
    func changedKeyPackage() throws {
        let circle = try Circle(.x25519AES, count: 1)
        let package = try circle.newcomer().keyPackage
        for bytes in self.spoiled(package.encoded, places: 200) {
            guard let changed = try? KeyPackage(decoding: bytes) else { continue }
            var plan = CommitPlan()
            plan.proposals = [.add(Add(keyPackage: changed))]
            #expect(throws: E2EEError.self) { _ = try circle.members[0].group.commit(plan) }
        }
    }

    @Test("a message for another group, or for an epoch that is not now, is refused by name")
    func elsewhere() throws {
        let (circle, other) = (try Circle(.x25519AES, count: 2), try Circle(.x25519AES, count: 2))
        let message = try circle.members[0].group.seal([1])
        #expect(other.members[1].refusal(message) == E2EEError(.crypto, .authentication))
        let commit = try circle.members[0].group.commit(CommitPlan()).message
        #expect(other.members[1].refusal(commit) == E2EEError(.validation, .tag))
        try circle.commit(by: circle.members[1])
        #expect(circle.members[1].refusal(commit) == E2EEError(.validation, .wrongEpoch))
        let lone = Member(try Group(creating: [9], try keyPackage("lone", .x25519AES), native))
        #expect(lone.refusal(commit) == E2EEError(.validation, .wrongGroup))
    }
}
