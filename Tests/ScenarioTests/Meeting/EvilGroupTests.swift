import BeraadTesting
import E2EE
import Testing

/// A server that shows another group, or an old state of the right one, with somebody in it who helps: whoever holds the
/// link, or was removed (`e2ee.md` 1, "server + ejected member"). Newcomers and people who come back say nothing there.
@Suite("A malicious server with an accomplice")
struct EvilGroupTests {
    /// What reached an accomplice's ears beside signs of life.
    private func words(_ rogue: Rogue, after count: Int = 0) -> [AppMessage.Kind] {
        rogue.heard.dropFirst(count).map { $0.message.kind }.filter { ![.beacon, .challenge, .response].contains($0) }
    }

    /// The true description of the meeting, as anybody with the link gets it.
    private func descriptor(_ server: HostileServer, _ draft: (inout MeetingDraft) -> Void = { _ in }) throws
        -> MeetingDescriptor
    {
        try MeetingDescriptor(decoding: try server.descriptors(draft).meeting)
    }

    @Test("fake-group: a Welcome without the link's key is no way in, and the third one ends it")
    func withoutLink() throws {
        let meeting = try TestMeeting(seed: 150)
        let server = HostileServer(meeting)
        var knocks: [LobbyRequest] = []
        server.hears = { _, frame, _ in
            if case .knock(let knock) = frame, let request = try? LobbyRequest(decoding: knock) {
                knocks.append(request)
            }
            return frame
        }
        let guest = try meeting.enter("Bram")
        let stranger = try Rogue("Mallory", in: meeting)
        for round in 1...3 {
            try #require(meeting.run(until: { knocks.count == round }), "\(guest.state)")
            try stranger.found(try self.descriptor(server), serverKey: meeting.serverKey)
            var plan = stranger.plan
            plan.proposals = [.add(Add(keyPackage: try KeyPackage(decoding: knocks[round - 1].keyPackage)))]
            let frame = try stranger.commit(plan)
            meeting.inject(
                .welcome(message: frame.welcome, sequence: 1, keyPackageRef: frame.added[0].keyPackageRef), to: guest)
            meeting.run(100)
        }
        #expect(guest.state == .out(.badServer), "\(guest.state)")
        #expect(guest.faultCodes() == [.welcome, .welcome, .welcome] && guest.epochs.isEmpty)
    }

    @Test(
        "fake-group: with the link's key, and rules of its own that ask for no host, it is no way in either",
        arguments: [MeetingFlags.unhostedOK, [.unhostedOK, .unhostedOpen]])
    func withLink(_ flags: MeetingFlags) throws {
        let meeting = try TestMeeting(seed: 151)
        let server = HostileServer(meeting)
        var knocks: [LobbyRequest] = []
        server.hears = { _, frame, _ in
            if case .knock(let knock) = frame, let request = try? LobbyRequest(decoding: knock) {
                knocks.append(request)
            }
            return frame
        }
        let guest = try meeting.enter("Bram")
        let accomplice = try Rogue("Mallory", in: meeting)
        for round in 1...3 {
            try #require(meeting.run(until: { knocks.count == round }), "\(guest.state)")
            try accomplice.found(try self.descriptor(server), serverKey: meeting.serverKey) {
                $0.admission = .open
                $0.flags.formUnion(flags)
            }
            var plan = accomplice.plan
            plan.proposals = accomplice.adding([try KeyPackage(decoding: knocks[round - 1].keyPackage)])
            let frame = try accomplice.commit(plan)
            accomplice.adopt()
            _ = Bubble(server, [guest, accomplice.seat], state: try accomplice.state, at: 7)
            meeting.inject(
                .welcome(message: frame.welcome, sequence: 7, keyPackageRef: frame.added[0].keyPackageRef), to: guest)
            meeting.run(1_000)
        }
        #expect(guest.state == .out(.badServer), "\(guest.state)")
        #expect(guest.openedAt.isEmpty && guest.epochs.isEmpty && self.words(accomplice).isEmpty)
    }

    @Test(
        "fake-group-with-host-leaf-copied: a host's leaf in a tree proves nothing; a newcomer says nothing, and is told"
    )
    func copiedHost() throws {
        let company = try Company(seed: 152, []) { $0.admission = .open }
        let meeting = company.meeting
        meeting.openDoor()
        let copy = try #require(try company.server.state.tree.leaf(0))
        let accomplice = try Rogue("Mallory", in: meeting)
        try accomplice.found(
            try self.descriptor(company.server) { $0.admission = .open }, serverKey: meeting.serverKey)
        try self.seat(copy, beside: accomplice)
        let guest = try meeting.open("Bram")
        let bubble = Bubble(company.server, [guest, accomplice.seat], state: try accomplice.state, at: 3)
        meeting.tell(guest, .enter)
        meeting.run(60_000)
        #expect(guest.state == .paused && guest.gateReasons == .noProof, "\(guest.state) \(guest.faultCodes())")
        #expect(guest.openedAt.isEmpty && self.words(accomplice).isEmpty && !bubble.log.isEmpty)
        #expect(accomplice.mediaEpochs.last?.keyBytes == guest.baseKey, "it could have listened")
    }

    @Test("fake-group-with-host-leaf-copied: a host who comes back is not live for a copied co-host, and is asked")
    func copiedCohost() throws {
        let company = try Company(seed: 153)
        let meeting = company.meeting
        // A co-host who came through the waiting room: such a leaf is bound to no group.
        let cohost = try Rogue("Dewi", in: meeting, role: .cohost)
        try company.letIn(cohost)
        let copy = try #require(try company.server.state.tree.leaf(try company.leaf(of: cohost.key)))
        let accomplice = try Rogue("Mallory", in: meeting)
        try accomplice.found(try self.descriptor(company.server), serverKey: meeting.serverKey)
        try self.seat(copy, beside: accomplice)
        meeting.crash(company.host)
        let host = try meeting.open("Anna", isHost: true)
        let bubble = Bubble(company.server, [host, accomplice.seat], state: try accomplice.state, at: 3)
        meeting.tell(host, .enter)
        meeting.run(60_000)
        #expect(host.state == .paused && host.gateReasons == .unhosted, "\(host.state) \(host.faultCodes())")
        #expect(host.roster.count == 3 && host.roster.contains { $0.signatureKey == accomplice.key })
        #expect(host.openedAt.isEmpty && self.words(accomplice).isEmpty && !bubble.log.isEmpty)
    }

    /// Puts somebody's leaf into an accomplice's own group, under a key package that only the accomplice believes in.
    private func seat(_ leaf: LeafNode, beside accomplice: Rogue) throws {
        let own = try MeetingGroup.keyPackage(accomplice.identity, now: TestMeeting.unix, accomplice.crypto)
        let package = KeyPackage(
            cipherSuite: own.keyPackage.cipherSuite, initKey: own.keyPackage.initKey, leafNode: leaf, extensions: [])
        accomplice.crypto.lie { $0.believesSignatures = true }
        defer { accomplice.crypto.stopLying() }
        var plan = accomplice.plan
        plan.proposals = accomplice.adding([package])
        _ = try accomplice.commit(plan)
        accomplice.adopt()
    }

    @Test("wrong-external-pub: a member that signs a key of its own gets no newcomer, and disturbs nobody")
    func wrongExternalPubByMember() throws {
        let company = try Company(seed: 160) { $0.admission = .open }
        let rogue = try company.rogue()
        let epoch = try #require(company.host.epoch)
        var frame = try rogue.commit(rogue.plan)
        rogue.adopt()
        let own = try MeetingGroup.keyPackage(rogue.identity, now: TestMeeting.unix, rogue.crypto).keyPackage.initKey
        let extensions = [Extension(type: 4, data: ExternalPub(externalPub: own).encoded)]
        guard let info = try rogue.group?.groupInfo(hasExternalPub: false, extensions: extensions) else {
            throw RogueError.outside
        }
        frame.groupInfo = MLSMessage.groupInfo(info).encoded
        rogue.say(.commit(frame))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.epoch == epoch + 1 } }))
        company.meeting.openDoor()
        let eva = try company.meeting.open("Eva")
        var join: MLSMessage?
        company.server.hears = { member, frame, _ in
            if member === eva, case .commit(let commit) = frame { join = try? MLSMessage(decoding: commit.commit) }
            return frame
        }
        company.meeting.tell(eva, .enter)
        company.meeting.run(10_000)
        #expect(eva.state == .knocking && eva.epochs.isEmpty, "\(eva.state)")
        #expect(company.everybody.allSatisfy { $0.epoch == epoch + 1 && $0.isLive && $0.faults.isEmpty })
        // A server that orders it all the same is told no by everybody.
        try company.server.order(try #require(join), to: company.everybody)
        company.meeting.run(500)
        for member in company.everybody {
            #expect(member.epoch == epoch + 1 && member.isLive && member.faultCodes() == [.confirmation])
        }
    }
}
