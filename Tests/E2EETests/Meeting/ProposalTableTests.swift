import E2EE
import Testing

@Suite("Which proposal may stand where (e2ee.md 4.2, first table)")
struct ProposalTableTests {
    private let scene = Scene()
    private let new = leaf(.newcomer)
    private var resumption: Proposal {
        .preSharedKey(
            PreSharedKey(
                psk: PreSharedKeyID(name: .external(self.scene.policy.inviteID), nonce: counting(from: 0, 32))))
    }
    private let reInit = Proposal.reInit(
        ReInit(groupID: [1], version: 1, cipherSuite: 0xF0B1, extensions: []))

    @Test("in a member's Commit, by value: Add, Remove and the policy by whoever has the right, never Update or ReInit")
    func byValue() throws {
        let scene = self.scene
        let cells: [(String, CommitFacts, Verdict)] = [
            ("Add by the host", scene.commit(by: 0, scene.add(self.new)), .allow),
            ("Add by a co-host", scene.commit(by: 1, scene.add(self.new)), .allow),
            ("Add by a guest", scene.commit(by: 2, scene.add(self.new)), .deny(.rank)),
            ("Add by the recorder", scene.commit(by: 4, scene.add(self.new)), .deny(.rank)),
            ("Update", scene.commit(by: 0, .update(Update(leafNode: self.new))), .deny(.update)),
            ("Remove by the host", scene.commit(by: 0, remove(2)), .allow),
            ("Remove by a guest", scene.commit(by: 2, remove(3)), .deny(.rank)),
            ("PreSharedKey without an Add", scene.commit(by: 0, scene.inviteKey), .deny(.psk)),
            ("ReInit", scene.commit(by: 0, self.reInit), .deny(.reinit)),
            ("ExternalInit", scene.commit(by: 0, .externalInit(ExternalInit(kemOutput: []))), .deny(.unknownType)),
            ("policy by the host", scene.commit(by: 0, scene.change { $0.features = .chat }), .allow),
            ("policy by a co-host", scene.commit(by: 1, scene.change { $0.features = .chat }), .allow),
            ("policy by a guest", scene.commit(by: 2, scene.change { $0.features = .chat }), .deny(.rank)),
            ("SelfRemove", scene.commit(by: 0, .selfRemove(SelfRemove())), .deny(.sender)),
            ("nothing", scene.commit(by: 2), .allow),
            ("nothing, and no path", scene.commit(by: 2, [], hasPath: false), .deny(.path)),
        ]
        for (name, commit, verdict) in cells { #expect(try scene.verdict(commit) == verdict, "\(name)") }
    }

    @Test("by reference from a member: only that the member leaves")
    func fromMember() throws {
        let cells: [(Proposal, Verdict)] = [
            (self.scene.add(self.new), .deny(.addOrigin)),
            (.update(Update(leafNode: self.new)), .deny(.update)),
            (remove(2), .deny(.removeOrigin)), (self.resumption, .deny(.psk)), (self.reInit, .deny(.reinit)),
            (self.scene.change { $0.features = .chat }, .deny(.gceOrigin)), (.selfRemove(SelfRemove()), .allow),
        ]
        for (proposal, verdict) in cells {
            for committer: UInt32 in [0, 2] {
                let commit = self.scene.commit(by: committer, [self.scene.reference(proposal, by: .member(3))])
                #expect(try self.scene.verdict(commit) == verdict, "\(proposal.type) by \(committer)")
            }
        }
        let own = self.scene.commit(by: 3, [self.scene.reference(.selfRemove(SelfRemove()), by: .member(3))])
        #expect(try self.scene.verdict(own) == .deny(.sender))
        let loud = self.scene.commit(by: 2, [self.scene.reference(.selfRemove(SelfRemove()), by: .member(3), [1])])
        #expect(try self.scene.verdict(loud) == .deny(.sender))
    }

    @Test("by reference from the server: only Remove, of any leaf but the committer's")
    func fromServer() throws {
        let cells: [(Proposal, Verdict)] = [
            (self.scene.add(self.new), .deny(.addOrigin)), (remove(0), .allow), (remove(3), .allow),
            (remove(4), .allow),
            (remove(2), .deny(.removeOrigin)), (self.resumption, .deny(.psk)), (self.reInit, .deny(.reinit)),
            (self.scene.change { $0.features = .chat }, .deny(.gceOrigin)),
        ]
        for (proposal, verdict) in cells {
            let commit = self.scene.commit(by: 2, [self.scene.reference(proposal, by: .external(0))])
            #expect(try self.scene.verdict(commit) == verdict, "\(proposal.type)")
        }
        let loud = self.scene.commit(by: 2, [self.scene.reference(remove(3), by: .external(0), [1])])
        #expect(try self.scene.verdict(loud) == .deny(.sender))
    }

    @Test("by reference from a joiner: an Add with the link's MAC, whoever commits it")
    func fromJoiner() throws {
        var scene = self.scene
        scene.policy.admission = .open
        let key = scene.value(scene.inviteKey, by: .member(2))
        func verdict(_ item: ResolvedProposal) throws -> Verdict {
            try scene.verdict(scene.commit(by: 2, [item, key], hasPath: false))
        }
        #expect(try verdict(scene.selfAdd(self.new)) == .allow)
        let foreign = heldSecret([UInt8](repeating: 9, count: 32))
        #expect(try verdict(scene.selfAdd(self.new, key: foreign)) == .deny(.mac))
        #expect(try verdict(scene.selfAdd(self.new, epoch: 3)) == .deny(.mac))
        #expect(try verdict(scene.reference(scene.add(self.new), by: .newMemberProposal)) == .deny(.mac))
        let swapped = scene.reference(
            scene.add(leaf(.stranger)), by: .newMemberProposal, scene.selfAdd(self.new).authenticatedData)
        #expect(try verdict(swapped) == .deny(.mac))
    }

    @Test("in an external Commit: one ExternalInit, the invite's key, waiting SelfRemoves, and Remove only to resync")
    func external() throws {
        var scene = self.scene
        scene.policy.admission = .open
        let good = scene.join(self.new, .invite)
        #expect(try scene.verdict(good) == .allow)
        func with(_ items: ResolvedProposal...) -> CommitFacts {
            var commit = good
            commit.proposals += items
            return commit
        }
        let joiner = Sender.newMemberCommit
        let cells: [(String, CommitFacts, Verdict)] = [
            ("SelfRemove", with(scene.reference(.selfRemove(SelfRemove()), by: .member(2))), .allow),
            ("Remove", with(scene.value(remove(2), by: joiner)), .deny(.removeOrigin)),
            ("the server's Remove", with(scene.reference(remove(2), by: .external(0))), .deny(.removeOrigin)),
            ("Add", with(scene.value(scene.add(leaf(.stranger)), by: joiner)), .deny(.addOrigin)),
            ("Update", with(scene.value(.update(Update(leafNode: self.new)), by: joiner)), .deny(.update)),
            ("ReInit", with(scene.value(self.reInit, by: joiner)), .deny(.reinit)),
            ("policy", with(scene.value(scene.change { $0.features = .chat }, by: joiner)), .deny(.gceOrigin)),
            ("a key by reference", with(scene.reference(scene.inviteKey, by: joiner)), .allow),
            (
                "a second ExternalInit",
                with(scene.value(.externalInit(ExternalInit(kemOutput: [2])), by: joiner)), .deny(.unknownType)
            ),
            ("a Remove with an invite", scene.join(self.new, .invite, removing: 2), .deny(.removeOrigin)),
            (
                "a Remove with a pass", scene.join(self.new, .reentry(pass(.newcomer)), removing: 2),
                .deny(.removeOrigin)
            ),
            ("a Remove with a role", scene.join(self.new, .role, removing: 2), .deny(.removeOrigin)),
            ("a resync that removes nobody", scene.join(self.new, .resync), .deny(.removeOrigin)),
        ]
        for (name, commit, verdict) in cells where name != "a key by reference" {
            #expect(try scene.verdict(commit) == verdict, "\(name)")
        }
        var keyless = good
        keyless.proposals.removeAll { $0.proposal.type == .externalInit }
        #expect(try scene.verdict(keyless) == .deny(.unknownType))
        keyless.pathLeaf = nil
        #expect(try scene.verdict(keyless) == .deny(.path))
    }

    @Test("whoever commits sits in the group and says what it must, to the last byte")
    func sender() throws {
        let scene = self.scene
        for sender in [Sender.member(5), .member(99), .external(0), .newMemberProposal] {
            var commit = scene.commit(by: 2)
            commit.sender = sender
            #expect(try scene.verdict(commit) == .deny(.sender), "\(sender)")
        }
        for data in [[], [0, 0], [1], [0x40, 0]] as [[UInt8]] {
            var commit = scene.commit(by: 2)
            commit.authenticatedData = data
            #expect(try scene.verdict(commit) == .deny(.sender))
            var join = scene.join(leaf(.newcomer, leader(.newcomer, .host)), .role)
            #expect(try scene.verdict(join) == .allow)
            join.authenticatedData = data
            if data != [1] { #expect(try scene.verdict(join) == .deny(.sender)) }
        }
    }

    @Test("a waiting proposal that nobody could cover is left out, so that it spoils nobody's Commit")
    func coverable() throws {
        let scene = self.scene
        let authoriser = Authoriser(try scene.epoch, joinMACKey: scene.invite.joinMAC, native)
        #expect(authoriser.isCoverable(scene.reference(.selfRemove(SelfRemove()), by: .member(3)), by: 2))
        #expect(authoriser.isCoverable(scene.reference(remove(3), by: .external(0)), by: 2))
        #expect(authoriser.isCoverable(scene.selfAdd(self.new), by: 2))
        #expect(!authoriser.isCoverable(scene.reference(.update(Update(leafNode: self.new)), by: .member(3)), by: 2))
        #expect(!authoriser.isCoverable(scene.reference(remove(2), by: .member(3)), by: 0))
        #expect(!authoriser.isCoverable(scene.reference(.selfRemove(SelfRemove()), by: .member(2)), by: 2))
    }
}
