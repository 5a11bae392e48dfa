import E2EE
import Testing

@Suite("Pre-shared keys")
struct PreSharedKeyTests {
    private func nonce() -> [UInt8] { [UInt8](repeating: 9, count: 32) }

    private func proposal(_ name: PreSharedKeyID.Name, nonce: [UInt8]? = nil) -> Proposal {
        .preSharedKey(PreSharedKey(psk: PreSharedKeyID(name: name, nonce: nonce ?? self.nonce())))
    }

    private func keys(_ byte: UInt8 = 1) -> PreSharedKeys {
        var keys = PreSharedKeys()
        keys.set(external: [7], heldSecret([UInt8](repeating: byte, count: 32)))
        return keys
    }

    @Test("a Commit with an external key is for those who have it, newcomers and joiners included")
    func external() throws {
        let circle = try Circle(.xWing, count: 3)
        var plan = CommitPlan()
        let newcomer = try circle.newcomer()
        plan.proposals = [self.proposal(.external([7])), add(newcomer)]
        #expect(throws: E2EEError(.validation, .preSharedKey)) { _ = try circle.members[0].group.commit(plan) }
        plan.preSharedKeys = self.keys()
        let pending = try circle.members[0].group.commit(plan)
        #expect(circle.members[1].refusal(pending.message) == E2EEError(.validation, .preSharedKey))
        #expect(circle.members[1].refusal(pending.message, self.keys(2)) == E2EEError(.validation, .tag, leaf: 0))
        let welcome = try required(pending.welcome)
        #expect(throws: E2EEError(.validation, .preSharedKey)) {
            _ = try NativeGroup(joining: welcome, newcomer, native)
        }
        #expect(throws: E2EEError(.crypto, .authentication)) {
            _ = try NativeGroup(joining: welcome, newcomer, preSharedKeys: self.keys(2), native)
        }
        try circle.commit(by: circle.members[0], plan, [newcomer])
        try circle.expectAgreement()

        var join = ExternalJoin<SwiftCryptoProvider>.Plan()
        join.names = [PreSharedKeyID(name: .external([7]), nonce: self.nonce())]
        join.preSharedKeys = self.keys()
        try circle.externalJoin(join, as: "eva")
        try circle.expectAgreement()
    }

    @Test("the group's own past keys can be mixed in for three epochs, and then they are gone")
    func resumption() throws {
        let circle = try Circle(.x25519AES, count: 2)
        let (groupID, epoch) = (try circle.members[0].group.context.groupID, try circle.members[0].epoch)
        var plan = CommitPlan()
        plan.proposals = [self.proposal(.resumption(.application, groupID: groupID, epoch: epoch))]
        for _ in 0..<4 { try circle.commit(by: circle.members[0], plan) }
        try circle.expectAgreement()
        #expect(circle.members[0].holdings?.resumptionEpochs == [2, 3, 4, 5])
        #expect(throws: E2EEError(.validation, .preSharedKey)) { _ = try circle.members[0].group.commit(plan) }
        try circle.members[0].group.dropPastResumption()
        #expect(circle.members[0].holdings?.resumptionEpochs == [5])
    }

    @Test("a key named twice, a short nonce, and the keys of branch and ReInit elsewhere are refused")
    func rules() throws {
        let circle = try Circle(.x25519AES, count: 2)
        var plan = CommitPlan()
        plan.preSharedKeys = self.keys()
        let groupID = try circle.members[0].group.context.groupID
        let external = self.proposal(.external([7]))
        let wrong: [([Proposal], E2EEError.Reason)] = [
            ([external, external], .proposalList),
            ([self.proposal(.external([7]), nonce: [1, 2, 3])], .preSharedKey),
            ([self.proposal(.resumption(.branch, groupID: groupID, epoch: 1))], .preSharedKey),
            ([self.proposal(.resumption(.reInit, groupID: groupID, epoch: 1))], .preSharedKey),
        ]
        for (proposals, reason) in wrong {
            plan.proposals = proposals
            #expect(throws: E2EEError(.validation, reason)) { _ = try circle.members[0].group.commit(plan) }
        }
    }

    @Test("a subgroup branches off, and only members of the old group recognise it")
    func branch() throws {
        let circle = try Circle(.x25519AES, count: 4)
        let origins = try circle.members.map { try $0.group.origin(.branch) }
        let creator = try keyPackage("creator", .x25519AES)
        let second = try keyPackage("member 1", .x25519AES)
        let stranger = try keyPackage("stranger", .x25519AES)
        for (others, isSubset) in [([second], true), ([second, stranger], false)] {
            let branch = Member(try Group(creating: [1, 2, 3], creator, native))
            var plan = CommitPlan()
            plan.purpose = .branch
            plan.preSharedKeys = origins[0].preSharedKeys
            plan.proposals = others.map(add) + [try #require(origins[0].preSharedKey(nonce: self.nonce()))]
            let pending = try branch.group.commit(plan)
            let welcome = try required(pending.welcome)
            try branch.group.adopt(pending)
            #expect(throws: E2EEError(.validation, .preSharedKey)) {
                _ = try NativeGroup(joining: welcome, second, preSharedKeys: origins[1].preSharedKeys, native)
            }
            if isSubset {
                let joined = try NativeGroup(joining: welcome, second, origin: origins[1], native)
                let authenticator = try joined.epochAuthenticator
                #expect(try branch.authenticator == authenticator)
            } else {
                #expect(throws: E2EEError(.validation, .wrongGroup)) {
                    _ = try NativeGroup(joining: welcome, second, origin: origins[1], native)
                }
            }
        }
    }

    @Test("a ReInit closes the group, and its successor must be the one that was announced")
    func reInit() throws {
        let circle = try Circle(.x25519AES, count: 2)
        let (anna, bram) = (circle.members[0], circle.members[1])
        let newcomer = try circle.newcomer()
        var plan = CommitPlan()
        let reInit = ReInit(groupID: [4, 5, 6], version: 1, cipherSuite: GroupSuite.xWing.rawValue, extensions: [])
        plan.proposals = [.reInit(reInit), add(newcomer)]
        #expect(throws: E2EEError(.validation, .proposalList)) { _ = try anna.group.commit(plan) }
        plan.proposals = [.reInit(reInit)]
        plan.path = .whenNeeded
        try circle.commit(by: anna, plan)
        #expect(try bram.group.reInit == reInit)
        #expect(throws: E2EEError(.usage, .closed)) { _ = try bram.group.seal([1]) }
        #expect(throws: E2EEError(.usage, .closed)) { _ = try anna.group.commit(CommitPlan()) }

        let (annas, brams) = (try anna.group.origin(.reInit), try bram.group.origin(.reInit))
        let creator = try keyPackage("creator", .xWing)
        let second = try keyPackage("member 1", .xWing)
        for (groupID, isAnnounced) in [([4, 5, 6], true), ([4, 5, 7], false)] as [([UInt8], Bool)] {
            let next = Member(try Group(creating: groupID, creator, native))
            plan.purpose = .reInit
            plan.path = .always
            plan.preSharedKeys = annas.preSharedKeys
            plan.proposals = [add(second), try #require(annas.preSharedKey(nonce: self.nonce()))]
            let pending = try next.group.commit(plan)
            let welcome = try required(pending.welcome)
            try next.group.adopt(pending)
            if isAnnounced {
                let joined = try NativeGroup(joining: welcome, second, origin: brams, native)
                let authenticator = try joined.epochAuthenticator
                #expect(try next.authenticator == authenticator)
            } else {
                #expect(throws: E2EEError(.validation, .wrongGroup)) {
                    _ = try NativeGroup(joining: welcome, second, origin: brams, native)
                }
            }
        }
    }
}
