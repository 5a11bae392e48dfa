import BeraadTesting
import E2EE
import Testing

/// A server that turns back time, with somebody who was put out: whoever it takes back there says nothing, or not for long
/// (`e2ee.md` 1, "server + ejected member"; 11).
@Suite("A malicious server that turns back time")
struct EvilPastTests {
    /// What reached an accomplice's ears beside signs of life.
    private func words(_ rogue: Rogue, after count: Int = 0) -> [AppMessage.Kind] {
        rogue.heard.dropFirst(count).map { $0.message.kind }.filter { ![.beacon, .challenge, .response].contains($0) }
    }

    /// A meeting out of which somebody was put, who stayed in the epoch before.
    private struct Ejection {
        let company: Company
        let rogue: Rogue
        /// What the epoch before looked like.
        let before: (info: GroupInfo, tree: RatchetTree)
        /// The number of the Commit.
        let number: UInt64
        /// What they had heard until then.
        let heard: Int
    }

    private func ejected(
        seed: UInt64, role: Role? = nil, _ change: (inout MeetingDraft) -> Void = { _ in }
    ) throws -> Ejection {
        let company = try Company(seed: seed, ["Bram", "Chris"], change)
        let rogue = try Rogue("Mallory", in: company.meeting, role: role)
        try company.letIn(rogue)
        let epoch = try #require(company.host.epoch)
        let before = try company.server.state
        let heard = rogue.heard.count
        rogue.follows = false
        company.meeting.tell(company.host, .eject(rogue.key))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.epoch == epoch + 1 } }))
        rogue.follows = true
        let commit = try #require(company.server.events.last { $0.message.wireFormat == .publicMessage })
        return Ejection(
            company: company, rogue: rogue, before: before, number: commit.sequence, heard: heard)
    }

    /// The server takes the ejection back, and shows everybody and the accomplice the epoch before it.
    private func takenBack(_ scene: Ejection) throws -> Bubble {
        let company = scene.company
        let caught = company.everybody + [scene.rogue.seat]
        let bubble = Bubble(company.server, caught, state: scene.before, at: scene.number - 1)
        for member in company.everybody {
            company.meeting.inject(.void(groupID: try company.server.groupID, sequence: scene.number), to: member)
        }
        return bubble
    }

    @Test(
        "stale-groupinfo: a newcomer who is shown the state before somebody was put out says nothing there, and is told"
    )
    func staleForNewcomer() throws {
        let scene = try self.ejected(seed: 154) { $0.admission = .open }
        let company = scene.company, rogue = scene.rogue
        company.meeting.openDoor()
        let guest = try company.meeting.open("Eva")
        let bubble = Bubble(company.server, [guest, rogue.seat], state: scene.before, at: scene.number - 1)
        company.meeting.tell(guest, .enter)
        company.meeting.run(60_000)
        #expect(guest.state == .paused && guest.gateReasons == .noProof, "\(guest.state) \(guest.faultCodes())")
        #expect(guest.openedAt.isEmpty && self.words(rogue, after: scene.heard).isEmpty && !bubble.log.isEmpty)
        #expect(rogue.mediaEpochs.last?.keyBytes == guest.baseKey, "it could have listened")
    }

    @Test(
        "stale-groupinfo: a host who opens the link again is asked, and sees who is there, whatever number the server writes",
        arguments: [nil, 0] as [UInt64?])
    func staleForHost(_ joinNumber: UInt64?) throws {
        let scene = try self.ejected(seed: 155)
        let company = scene.company, rogue = scene.rogue
        company.meeting.crash(company.host)
        let host = try company.meeting.open("Anna", isHost: true)
        let bubble = Bubble(company.server, [host, rogue.seat], state: scene.before, at: scene.number - 1)
        bubble.nextNumber = joinNumber
        company.meeting.tell(host, .enter)
        company.meeting.run(60_000)
        #expect(host.state == .paused && host.gateReasons == .unhosted, "\(host.state) \(host.faultCodes())")
        #expect(host.roster.contains { $0.signatureKey == rogue.key })
        #expect(host.openedAt.isEmpty && self.words(rogue, after: scene.heard).isEmpty && !bubble.log.isEmpty)
    }

    @Test(
        "stale-welcome: a Welcome that the server kept until somebody was put out carries nobody further than 20 seconds"
    )
    func lateWelcome() throws {
        let company = try Company(seed: 159, ["Chris"])
        let rogue = try company.rogue()
        let bram = try company.meeting.open("Bram")
        var welcome: ServerFrame?
        company.server.says = { member, frame in
            guard member === bram, case .welcome = frame else { return frame }
            welcome = frame
            return nil
        }
        company.meeting.tell(bram, .enter)
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 }))
        company.meeting.tell(company.host, .admit([]))
        try #require(company.meeting.run(until: { welcome != nil && company.host.roster.count == 4 }))
        let state = try company.server.state, number = company.server.last
        rogue.follows = false
        company.meeting.tell(company.host, .eject(rogue.key))
        try #require(company.meeting.run(until: { company.host.roster.count == 3 }))
        rogue.follows = true
        let bubble = Bubble(company.server, [bram, rogue.seat], state: state, at: number)
        company.meeting.inject(try #require(welcome), to: bram)
        company.meeting.run(1_000)
        // The host signed it for a key that was fresh, and that is a proof (`e2ee.md` 11): accepted, but not for long.
        #expect(bram.isLive && bram.epoch == state.info.groupContext.epoch, "\(bram.state) \(bram.faultCodes())")
        company.meeting.run(20_500)
        #expect(bram.state == .paused && bram.gateReasons == .noProof && !bubble.said.isEmpty, "\(bram.state)")
    }

    @Test("void-abuse: taking back an ejection brings nobody back into earshot; the host is asked, the others wait")
    func voidOfEjection() throws {
        let scene = try self.ejected(seed: 156)
        let company = scene.company, rogue = scene.rogue
        let meeting = company.meeting
        let now = meeting.now
        let bubble = try self.takenBack(scene)
        for _ in 0..<240 {
            meeting.run(250)
            for member in company.everybody where member.isLive {
                let isHeard = rogue.mediaEpochs.contains { $0.keyBytes == member.baseKey }
                try #require(!isHeard, "\(member.name) can be heard by whoever was put out, at \(meeting.now - now)")
            }
        }
        #expect(company.host.gateReasons == [.unhosted, .stranger], "\(company.host.state)")
        #expect(company.host.roster.contains { $0.signatureKey == rogue.key }, "and sees whom the server brought back")
        // Also a host who goes on says nothing where they are, and gives nobody their word for it.
        meeting.tell(company.host, .continueUnhosted)
        meeting.run(10_000)
        #expect(company.host.gateReasons == .stranger && !company.host.isLive)
        for guest in company.guests {
            #expect(guest.gateReasons?.contains(.noProof) == true && !guest.isLive, "\(guest.state)")
        }
        #expect(self.words(rogue, after: scene.heard).isEmpty && !bubble.log.isEmpty)
        // The host looks, and puts them out once more: that is a word everybody waited for.
        meeting.tell(company.host, .eject(rogue.key))
        #expect(meeting.run(until: { company.guests.allSatisfy { $0.isLive } }), "\(company.guests.map { $0.state })")
        let isHeard = company.guests.contains { guest in
            rogue.mediaEpochs.contains { $0.keyBytes == guest.baseKey }
        }
        #expect(!isHeard)
    }

    @Test("void-abuse: a successor who proves the epoch before is no way back to whoever was put out")
    func voidWithSuccessor() throws {
        let key = try #require(try Company(seed: 165, ["Bram", "Chris"]).host.key(of: "Bram"))
        let scene = try self.ejected(seed: 165) { $0.successors = [key] }
        let company = scene.company, rogue = scene.rogue, meeting = company.meeting
        try #require(company.host.key(of: "Bram") == key)
        let bubble = try self.takenBack(scene)
        for _ in 0..<240 {
            meeting.run(250)
            for member in company.everybody where member.isLive {
                try #require(!rogue.mediaEpochs.contains { $0.keyBytes == member.baseKey }, "\(member.name)")
            }
        }
        for member in company.everybody {
            #expect(member.gateReasons?.contains(.stranger) == true, "\(member.name): \(member.state)")
        }
        #expect(self.words(rogue, after: scene.heard).isEmpty && !bubble.log.isEmpty)
    }

    @Test("void-abuse: a co-host who was put out does not forgive themselves, and the host puts them out once more")
    func voidWithCohost() throws {
        let scene = try self.ejected(seed: 168, role: .cohost)
        let company = scene.company, rogue = scene.rogue, meeting = company.meeting
        let bubble = try self.takenBack(scene)
        meeting.run(3_000)
        // First by a new generation of passes, then by lists so long that there is no room left for their own name.
        for round in 0..<5 as Range<UInt8> {
            var plan = rogue.plan
            plan.proposals = [
                try rogue.policy { policy in
                    policy.passGeneration &+= 1
                    guard round > 0 else { return }
                    policy.revoked = (0...255 as ClosedRange<UInt8>).map {
                        Revocation(key: [$0] + [UInt8](repeating: round, count: 31), scope: .out)
                    }
                }
            ]
            bubble.order(try MLSMessage(decoding: try rogue.commit(plan).commit))
            meeting.run(200)
        }
        for second in 0..<60 {
            meeting.run(1_000)
            try rogue.answerChallenges(at: meeting.now)
            for member in company.everybody where member.isLive {
                try #require(!rogue.mediaEpochs.contains { $0.keyBytes == member.baseKey }, "\(member.name) \(second)")
            }
        }
        for member in company.everybody {
            #expect(member.gateReasons == .stranger && member.state == .paused, "\(member.name): \(member.state)")
        }
        #expect(!bubble.log.isEmpty && company.host.roster.contains { $0.signatureKey == rogue.key })
        meeting.tell(company.host, .eject(rogue.key))
        let areLive = meeting.run(until: { company.everybody.allSatisfy { $0.isLive } })
        #expect(areLive, "\(company.everybody.map { $0.state })")
    }

    @Test("a goodbye of a host whom nobody knew for one opens no gate")
    func goodbyeOfTheUnknown() throws {
        let scene = try self.ejected(seed: 166)
        let company = scene.company, rogue = scene.rogue, meeting = company.meeting
        let bubble = try self.takenBack(scene)
        meeting.run(5_000)
        // The host was led into the past, is asked there, and closes the page.
        #expect(company.host.gateReasons?.contains(.unhosted) == true, "\(company.host.state)")
        meeting.tell(company.host, .leave)
        meeting.run(1_000)
        bubble.order(try MLSMessage(decoding: try rogue.commit(try rogue.coveringAll()).commit))
        let since = meeting.now
        meeting.run(30_000)
        for guest in company.guests {
            #expect(guest.roster.count == 3, "the goodbye was committed")
            #expect(!guest.hasOpened(since: since) && guest.gateReasons?.contains(.unhosted) == true, "\(guest.state)")
        }
        #expect(self.words(rogue, after: scene.heard).isEmpty && !bubble.log.isEmpty)
    }

    @Test("a personal link that is taken back while its holder is in is no alarm, for nobody was put out")
    func linkTakenBack() throws {
        let company = try Company(seed: 167)
        let meeting = company.meeting
        let dewi = try meeting.enter("Dewi", fragment: try meeting.personalFragment([.enter]))
        try #require(meeting.run(until: { dewi.isLive }))
        let rogue = try Rogue("Eva", in: meeting, role: .cohost)
        try company.letIn(rogue)
        let state = try company.server.state
        let epoch = try MeetingEpoch(state.info.groupContext, state.tree)
        let ticket = try #require(
            epoch.occupants.compactMap { $0.profile?.chain }.first { $0.certificates.count == 2 }?.certificates.last)
        var plan = rogue.plan
        plan.proposals = [
            try rogue.policy { $0.revoked.append(Revocation(key: ticket.subjectKey, scope: .out)) }
        ]
        _ = try rogue.send(plan)
        let number = state.info.groupContext.epoch + 1
        let all = company.everybody + [dewi]
        try #require(meeting.run(until: { all.allSatisfy { $0.epoch == number } }))
        meeting.run(5_000)
        #expect(all.allSatisfy { $0.isLive && $0.openedAt.count == 1 }, "\(all.map { $0.gateReasons })")
    }

    @Test("void-abuse: further back than the one epoch that was taken back nobody goes at all")
    func voidFurtherBack() throws {
        let scene = try self.ejected(seed: 164)
        let company = scene.company, rogue = scene.rogue
        let epoch = try #require(company.host.epoch)
        rogue.follows = false
        company.meeting.tell(company.host, .lock(true))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.epoch == epoch + 1 } }))
        rogue.follows = true
        let now = company.meeting.now
        let caught = company.everybody + [rogue.seat]
        let bubble = Bubble(company.server, caught, state: scene.before, at: scene.number - 1)
        for member in company.everybody {
            company.meeting.inject(.void(groupID: try company.server.groupID, sequence: scene.number), to: member)
        }
        company.meeting.run(150_000)
        for member in company.everybody {
            #expect(member.state == .out(.badServer) && member.epoch == nil, "\(member.name): \(member.state)")
            #expect(Set(member.faultCodes()) == [.groupInfo] && !member.openedAt.contains { $0 > now })
        }
        #expect(bubble.log.isEmpty)
    }

    @Test("void-abuse: one member's word takes nothing back")
    func voidByMember() throws {
        let company = try Company(seed: 157)
        let rogue = try company.rogue()
        let epoch = try #require(company.host.epoch)
        company.meeting.tell(company.host, .lock(true))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.epoch == epoch + 1 } }))
        rogue.say(.ack(groupID: try company.server.groupID, sequence: company.server.last, isGood: false))
        for code in [FaultCode.rank, .policy, .confirmation] {
            rogue.say(
                .fault(FaultFrame(groupID: try company.server.groupID, epoch: epoch, code: code.rawValue)))
        }
        company.meeting.run(6_000)
        #expect(company.everybody.allSatisfy { $0.epoch == epoch + 1 && $0.isLive && $0.faults.isEmpty })
    }

    @Test("withhold-from-one: whoever is kept in an old epoch, with somebody who was put out, stops within 20 seconds")
    func keptBehind() throws {
        let company = try Company(seed: 158)
        let rogue = try company.rogue()
        let bram = company.guests[0]
        let state = try company.server.state
        let bubble = Bubble(company.server, [bram, rogue.seat], state: state, at: company.server.last)
        company.meeting.tell(company.host, .eject(rogue.key))
        for _ in 0..<8 {
            company.meeting.run(2_500)
            // Signs of life of somebody who is no host.
            try rogue.tell(
                .beacon,
                Beacon(
                    epoch: state.info.groupContext.epoch,
                    confirmedTranscriptHash: state.info.groupContext.confirmedTranscriptHash, members: 4,
                    monotonicMilliseconds: company.meeting.now
                ).encoded)
        }
        company.meeting.run(1_000)
        #expect(bram.gateReasons == .noProof && bram.state == .paused, "\(bram.state)")
        #expect(bram.epoch == state.info.groupContext.epoch && company.host.isLive && company.guests[1].isLive)
        #expect(!bubble.said.isEmpty && bram.faults.isEmpty)
    }
}
