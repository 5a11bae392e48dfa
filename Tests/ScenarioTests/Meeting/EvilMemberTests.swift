import BeraadTesting
import E2EE
import Testing

/// A member whose client keeps no rule (`e2ee.md` 1, "malicious participant"), mostly with an honest server: it can admit,
/// eject, unlock and rename nobody, and what it breaks is seen, laid at its door and mended.
@Suite("A malicious member")
struct EvilMemberTests {
    /// Everybody is in one epoch, and sends.
    private func areWell(_ people: [TestMember]) -> Bool {
        people.allSatisfy { $0.isLive } && Set(people.map { $0.baseKey }).count == 1
    }

    @Test("A Commit that breaks the rules is refused by all and taken back, and its author commits no more")
    func takenBack() throws {
        let company = try Company(seed: 210)
        let rogue = try company.rogue()
        let leaf = try company.leaf(of: rogue.key)
        let epoch = company.host.epoch
        for _ in 0..<2 {
            var plan = rogue.plan
            plan.proposals = [try rogue.policy { $0.admission = .open }]
            try rogue.send(plan)
            company.meeting.run(1_000)
        }
        for member in company.everybody {
            #expect(member.epoch == epoch && member.isLive && member.openedAt.count == 1)
            #expect(member.faultCodes() == [.rank] && member.faults.last?.leaf == leaf)
        }
        company.meeting.tell(company.host, .eject(rogue.key))
        #expect(company.meeting.run(until: { company.host.roster.count == 3 && self.areWell(company.everybody) }))
    }

    @Test("Proposals that nobody may make are refused with their reason, whoever commits them")
    func illegalProposals() throws {
        let company = try Company(seed: 211)
        let rogue = try company.rogue(), other = try company.rogue("Oscar")
        let bram = try company.leaf(of: try #require(company.host.key(of: "Bram")))
        func refuse(_ plan: CommitPlan, _ code: FaultCode, _ comment: Comment) throws {
            let before = company.everybody.map { ($0.epoch, $0.faults.count) }
            let message = try MLSMessage(decoding: try rogue.commit(plan).commit)
            try company.server.order(message, to: company.everybody)
            company.meeting.run(100)
            let leaf = try company.leaf(of: rogue.key)
            for (member, (epoch, faults)) in zip(company.everybody, before) {
                #expect(member.epoch == epoch && member.isLive, comment)
                #expect(member.faultCodes(since: faults) == [code] && member.faults.last?.leaf == leaf, comment)
            }
        }
        func plan(_ proposals: [Proposal]) -> CommitPlan {
            var plan = rogue.plan
            plan.proposals = proposals
            return plan
        }
        try refuse(plan([.remove(Remove(removed: bram))]), .rank, "a removal")
        try refuse(
            plan([
                .reInit(
                    ReInit(groupID: try company.server.groupID, version: 1, cipherSuite: 0xF0B1, extensions: []))
            ]), .reinit, "another group in place of this one")
        try refuse(plan(rogue.adding([])), .psk, "a key for nobody")
        var nonsense = rogue.plan
        nonsense.authenticatedData = [1, 2, 3]
        try refuse(nonsense, .sender, "authenticated data that says nothing")
        var stranger = rogue.plan
        stranger.identity = try MeetingGroup.identity(
            BeraadLeaf(
                MeetingInstance(meetingID: Array(try company.server.groupID.prefix(16)), number: 0), clientVersion: 1),
            signatureKey: try rogue.crypto.signatureKey(.ed25519), rogue.crypto)
        try refuse(stranger, .identity, "another signature key")

        // What another member proposed.
        func proposed(_ proposal: Proposal, data: [UInt8] = []) throws -> CommitPlan {
            guard let message = try other.group?.propose(proposal, authenticatedData: data) else {
                throw RogueError.outside
            }
            rogue.follow(message)
            try company.server.order(message, to: company.everybody)
            var plan = rogue.plan
            plan.waiting = .only(try (rogue.group?.proposals ?? []).suffix(1).compactMap { $0.reference })
            return plan
        }
        try refuse(try proposed(.remove(Remove(removed: bram))), .removeOrigin, "a removal by reference")
        try refuse(try proposed(.selfRemove(SelfRemove()), data: [0]), .sender, "a goodbye with something beside it")
        let ghost = try Rogue("Ghost", in: company.meeting)
        let package = try MeetingGroup.keyPackage(ghost.identity, now: TestMeeting.unix, ghost.crypto).keyPackage
        try refuse(try proposed(.add(Add(keyPackage: package))), .addOrigin, "somebody by reference")
    }

    @Test("A member stays who it was: its own Commit makes it nobody else, and gives it no role")
    func changedIdentity() throws {
        let company = try Company(seed: 212)
        let rogue = try company.rogue()
        let host = try #require(try company.server.state.tree.leaf(0)?.extensions)
        var changes: [(Comment, FaultCode, LeafIdentity)] = []
        var pid = rogue.identity
        pid.credential = .basic([UInt8](repeating: 7, count: 16))
        changes.append(("another pid", .identity, pid))
        var version = rogue.identity
        version.extensions = try Rogue("Other", in: company.meeting) { leaf, _ in leaf.clientVersion = 9 }.identity
            .extensions
        changes.append(("another client", .identity, version))
        var chain = rogue.identity
        chain.extensions = host
        changes.append(("the host's chain", .chain, chain))
        let leaf = try company.leaf(of: rogue.key)
        for (comment, code, identity) in changes {
            var plan = rogue.plan
            plan.identity = identity
            let message = try MLSMessage(decoding: try rogue.commit(plan).commit)
            let before = company.everybody.map { ($0.epoch, $0.faults.count, $0.roster) }
            try company.server.order(message, to: company.everybody)
            company.meeting.run(100)
            for (member, (epoch, faults, roster)) in zip(company.everybody, before) {
                #expect(member.epoch == epoch && member.roster == roster && member.isLive, comment)
                #expect(member.faultCodes(since: faults) == [code] && member.faults.last?.leaf == leaf, comment)
            }
        }
    }

    @Test("A path that is broken for one is seen by that one, laid at the right door, and mended; nobody else notices")
    func brokenPath() throws {
        let company = try Company(seed: 213)
        let rogue = try company.rogue()
        let leaf = try company.leaf(of: rogue.key)
        let chris = company.guests[1]
        // The first secret of Mallory's path is for the neighbour, who is Chris.
        rogue.crypto.lie { $0.brokenPathSecrets = [0] }
        try rogue.send(rogue.plan)
        company.meeting.run(500)
        rogue.crypto.stopLying()
        #expect(chris.faultCodes() == [.pathDecrypt] && chris.faults.last?.leaf == leaf)
        // First it could be that the service takes the Commit back, as it does when nobody can follow.
        #expect(!chris.states.contains(.resync) && chris.gateReasons == .behind)
        #expect(
            company.meeting.run(until: { self.areWell(company.everybody) }, within: 15_000),
            "\(company.everybody.map { ($0.state, $0.faultCodes()) })")
        #expect(chris.states.contains(.resync))
        for member in [company.host, company.guests[0]] {
            #expect(member.faults.isEmpty && member.openedAt.count == 1, "\(member.name) went on all the time")
        }
    }

    @Test("A path that is broken for everybody is taken back, and the meeting goes on; nobody listens meanwhile")
    func brokenForAll() throws {
        let company = try Company(seed: 214)
        let rogue = try company.rogue()
        // Whoever renews keys after coming in has done so.
        company.meeting.run(6_000)
        let leaf = try company.leaf(of: rogue.key)
        let now = company.meeting.now, count = rogue.mediaEpochs.count
        rogue.crypto.lie { $0.brokenPathSecrets = Set(0..<8) }
        // One of them says nothing about it, so the service waits its five seconds; the rogue talks on in its epoch.
        company.meeting.clientSays = { member, bytes in
            guard member === company.guests[1], let frame = try? Frame(decoding: bytes) else { return bytes }
            switch try? ClientFrame(frame) {
            case .fault, .ack: return nil
            default: return bytes
            }
        }
        try rogue.send(rogue.plan)
        for _ in 0..<5 {
            company.meeting.run(100)
            try rogue.chat("1")
        }
        rogue.crypto.stopLying()
        for member in company.everybody {
            #expect(member.faultCodes().first == .pathDecrypt && member.faults.first?.leaf == leaf)
        }
        company.meeting.run(10_000)
        let listens = company.everybody.contains { member in
            member.openedAt.contains { $0 > now }
                && rogue.mediaEpochs.dropFirst(count).contains { $0.keyBytes == member.baseKey }
        }
        #expect(rogue.mediaEpochs.count > count && !listens, "the rogue is alone in its epoch")
        #expect(self.areWell(company.everybody), "\(company.everybody.map { $0.state })")
        #expect(company.everybody.allSatisfy { !$0.states.contains(.resync) })
    }

    @Test("Keys that come out wrong for everybody are refused by everybody, taken back, and the meeting goes on")
    func wrongSchedule() throws {
        let company = try Company(seed: 215)
        let rogue = try company.rogue()
        let leaf = try company.leaf(of: rogue.key)
        let epoch = company.host.epoch
        rogue.crypto.lie { $0.spoilsSchedule = true }
        try rogue.send(rogue.plan)
        company.meeting.run(1_000)
        for member in company.everybody {
            #expect(member.faultCodes() == [.confirmation] && member.faults.last?.leaf == leaf)
            #expect(member.epoch == epoch, "\(member.state)")
        }
        company.meeting.run(10_000)
        #expect(self.areWell(company.everybody), "\(company.everybody.map { $0.state })")
        #expect(company.everybody.allSatisfy { $0.openedAt.count == 1 && !$0.states.contains(.resync) })
    }

    @Test("A member that uses its keys twice is refused, and named")
    func keysTwice() throws {
        let company = try Company(seed: 216)
        let rogue = try company.rogue()
        let leaf = try company.leaf(of: rogue.key)
        rogue.crypto.lie { $0.secret = [UInt8](repeating: 5, count: 32) }
        try rogue.send(rogue.plan)
        company.meeting.run(1_000)
        let epoch = company.host.epoch
        #expect(company.everybody.allSatisfy { $0.faults.isEmpty && $0.isLive }, "once is nothing to see")
        let again = try MLSMessage(decoding: try rogue.commit(rogue.plan).commit)
        try company.server.order(again, to: company.everybody)
        company.meeting.run(200)
        for member in company.everybody {
            #expect(member.epoch == epoch && member.isLive)
            #expect(member.faultCodes() == [.tree] && member.faults.last?.leaf == leaf)
        }
    }

    @Test("What is sealed is words and nothing else: a Commit that joiners cannot read is not even opened")
    func sealedCommit() throws {
        let company = try Company(seed: 217)
        let rogue = try company.rogue()
        let epoch = company.host.epoch
        guard case .privateMessage(var sealed) = try rogue.sealed(.chat, [1]) else { throw RogueError.outside }
        sealed.contentType = .commit
        try company.server.order(.privateMessage(sealed), to: company.everybody)
        company.meeting.run(200)
        for member in company.everybody {
            #expect(member.epoch == epoch && member.isLive && member.faultCodes() == [.frame])
        }
    }

    @Test("A sign of life that says something untrue ends nothing, and its author is named", arguments: 0..<3)
    func lyingBeacon(_ lie: Int) throws {
        let company = try Company(seed: 218 + UInt64(lie))
        let rogue = try company.rogue()
        let leaf = try company.leaf(of: rogue.key)
        let context = try company.server.state.info.groupContext
        let beacon = Beacon(
            epoch: context.epoch,
            confirmedTranscriptHash: lie == 0
                ? [UInt8](repeating: 0, count: 32) : context.confirmedTranscriptHash,
            members: lie == 1 ? 3 : 4, monotonicMilliseconds: lie == 2 ? 0 : 5)
        try rogue.tell(.beacon, beacon.encoded)
        if lie == 2 { try rogue.tell(.beacon, beacon.encoded) }
        company.meeting.run(1_000)
        for member in company.everybody {
            #expect(member.isLive && member.openedAt.count == 1)
            #expect(member.faultCodes() == [.app] && member.faults.last?.leaf == leaf)
        }
    }

    @Test("A call to a breakout room by somebody who may make none is not heard, and leads nobody anywhere")
    func rogueBreakout() throws {
        let company = try Company(seed: 223)
        let rogue = try company.rogue()
        let before = (epoch: company.host.epoch, people: company.host.roster.count)
        try rogue.tell(AppMessage.Kind(rawValue: 35), try company.server.groupID + rogue.key)
        company.meeting.run(1_000)
        for member in company.everybody {
            #expect(member.isLive && member.openedAt.count == 1 && member.heard.isEmpty && member.faults.isEmpty)
        }
        #expect(company.host.epoch == before.epoch && company.host.roster.count == before.people)
        #expect(self.areWell(company.everybody))
    }

    @Test("breakout-stranger: a live member goes into no room that a stranger made beside the meeting, whoever calls")
    func breakoutStranger() throws {
        let company = try Company(seed: 224, ["Chris"])
        let meeting = company.meeting, server = company.server
        let caller = try company.rogue()
        var knock: LobbyRequest?
        var said: [[UInt8]] = []
        server.hears = { member, frame, _ in
            guard member.name == "Bram" else { return frame }
            if case .knock(let bytes) = frame { knock = try? LobbyRequest(decoding: bytes) }
            said.append(frame.frame(request: 0))
            return frame
        }
        let bram = try meeting.enter("Bram")
        try #require(meeting.run(until: { company.host.lobby.count == 1 }))
        meeting.tell(company.host, .admit([]))
        let people = company.everybody + [bram]
        try #require(meeting.run(until: { people.allSatisfy { $0.isLive && $0.roster.count == 4 } }))
        // Whoever renews keys after coming in has done so.
        meeting.run(6_000)
        let before = people.map { ($0.epoch, $0.roster, $0.states) }, keys = bram.mediaEpochs.count

        // Somebody with the link, who sits nowhere, makes a room of this group, and adds Bram by the key package that
        // the server saw when he knocked.
        let stranger = try Rogue("Oscar", in: meeting)
        let main = try server.state.info.groupContext
        try stranger.found(
            try MeetingDescriptor(decoding: try server.descriptors().meeting), serverKey: meeting.serverKey
        ) {
            $0.parentGroup = main.groupID
            $0.parentEpoch = main.epoch
            $0.flags.insert(.unhostedOK)
        }
        var plan = stranger.plan
        plan.proposals = stranger.adding([try KeyPackage(decoding: try #require(knock).keyPackage)])
        let add = try stranger.commit(plan)
        stranger.adopt()
        let room = try stranger.state.info.groupContext.groupID
        said = []
        // A guest calls there, the server hands out the Welcome, and the room goes on as if he had come.
        try caller.tell(AppMessage.Kind(rawValue: 35), room + bram.mediaOccupants.flatMap(\.signatureKey))
        meeting.run(200)
        meeting.inject(
            .welcome(message: add.welcome, sequence: 1, keyPackageRef: add.added[0].keyPackageRef), to: bram)
        let word = try stranger.sealed(.chat, [1])
        let commit = try MLSMessage(decoding: try stranger.commit(stranger.plan).commit)
        meeting.inject(.event(EventFrame(groupID: room, sequence: 2, message: word)), to: bram)
        meeting.inject(.event(EventFrame(groupID: room, sequence: 2, message: commit)), to: bram)
        meeting.inject(.duty(groupID: room, epoch: 1, .emptyCommit), to: bram)
        meeting.run(21_000)

        func names(_ group: [UInt8], _ bytes: [UInt8]) -> Bool {
            bytes.indices.contains { bytes[$0...].starts(with: group) }
        }
        #expect(!said.contains { names(room, $0) }, "he asks for nothing of it and says nothing in it")
        #expect(said.contains { names(main.groupID, $0) }, "and is found where he is")
        for (member, (epoch, roster, states)) in zip(people, before) {
            #expect(member.epoch == epoch && member.roster == roster && member.states == states && member.isLive)
            #expect(member.heard.isEmpty && member.faults.isEmpty && member.openedAt.count == 1, "\(member.name)")
        }
        #expect(bram.mediaEpochs.count == keys && self.areWell(people))
    }

    @Test("Whoever a co-host sent back waits for a host, also with the key by which they were let in before")
    func sentBackWaits() throws {
        let company = try Company(seed: 221)
        let rogue = try company.rogue()
        let bram = company.guests[0]
        company.meeting.tell(company.host, .makeCohost(try #require(company.host.key(of: "Bram"))))
        try #require(company.meeting.run(until: { bram.policies.last?.rights.contains(.eject) == true }))
        company.meeting.tell(bram, .sendBack(rogue.key))
        try #require(company.meeting.run(until: { company.host.roster.count == 3 && rogue.isRemoved }))
        let before = company.host.epoch
        try rogue.knock()
        company.meeting.run(5_000)
        #expect(company.host.epoch == before && rogue.welcome == nil && company.host.lobby.count == 1)
    }

    @Test("Goodbyes that are no proposals of the rules keep nobody from being put out")
    func unejectable() throws {
        let company = try Company(seed: 222)
        let rogue = try company.rogue(), other = try company.rogue("Oscar")
        for hostile in [rogue, other] {
            guard let message = try hostile.group?.propose(.selfRemove(SelfRemove()), authenticatedData: [0]) else {
                throw RogueError.outside
            }
            hostile.say(.propose(message.encoded))
        }
        company.meeting.run(500)
        for hostile in [rogue, other] { company.meeting.tell(company.host, .eject(hostile.key)) }
        #expect(
            company.meeting.run(until: { company.host.roster.count == 3 && self.areWell(company.everybody) }),
            "\(company.host.refused)")
    }
}
